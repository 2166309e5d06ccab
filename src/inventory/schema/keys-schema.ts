import type { Kinds } from '../kinds.js';
import { KEY_HELP } from './help.js';
import { type JsonSchema, orNothing } from './parts.js';

/** What a table of keys says of a mapping, for editors; `more` are keys that are read apart. */
export function keysSchema(
  kinds: Kinds,
  { help = KEY_HELP, more = {} }: { readonly help?: typeof KEY_HELP; readonly more?: JsonSchema } = {},
): JsonSchema {
  const own = Object.entries(kinds).map(([key, { schema }]) => [key, described(schema, help[key])]);
  return { type: 'object', properties: { ...Object.fromEntries(own), ...more }, additionalProperties: false };
}

/** A value that may also be nothing, with what an editor shows of it. */
export function described(schema: JsonSchema, description: string | undefined): JsonSchema {
  return { ...(description === undefined ? {} : { description }), ...orNothing(schema) };
}
