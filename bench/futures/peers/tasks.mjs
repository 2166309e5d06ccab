// For piscina and tinypool, which call an exported function by its name.
import functions from '../functions.cjs';

export const { hash, noop, parse } = functions;
