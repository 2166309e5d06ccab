import { task } from 'rollcall/futures';
import work from './functions.cjs';

const url = import.meta.url;
export const noop = task(url, 'noop', work.noop);
export const hash = task(url, 'hash', work.hash);
export const parse = task(url, 'parse', work.parse);
