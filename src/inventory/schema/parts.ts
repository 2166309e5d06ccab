/** A JSON schema, draft 7: the newest that the language server of editors for YAML knows. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * A text as the inventory has one: its scalars keep their source text, so what an editor takes for a number or a truth
 * value is a text as well. A pattern is for what an editor takes for a text.
 */
export function textSchema({ pattern, ...more }: { readonly pattern?: string } & JsonSchema = {}): JsonSchema {
  // A block (`|`) ends in a line break, which the inventory takes off.
  const whole = pattern === undefined ? {} : { pattern: pattern.replace(/\$$/, '\\n?$') };
  return { type: ['string', 'number', 'boolean'], ...more, ...whole };
}

/** Some words, in any case; a number among them is one. */
export function wordsSchema(words: readonly string[]): JsonSchema {
  const inAnyCase = words.map((word) =>
    [...word].map((one) => (/[a-z]/i.test(one) ? `[${one.toUpperCase()}${one.toLowerCase()}]` : literal(one))).join(''),
  );
  const known = words.map((word) => (/^\d+(?:\.\d+)?$/.test(word) ? Number(word) : word));
  return { anyOf: [{ enum: known }, { type: 'string', pattern: `^(?:${inAnyCase.join('|')})\\n?$` }] };
}

/** A number, or the digits of one in quotes. */
export function numberSchema(type: 'integer' | 'number', limits: JsonSchema): JsonSchema {
  return {
    type: [type, 'string'],
    ...limits,
    pattern: type === 'integer' ? '^[0-9]{1,9}\\n?$' : '^[0-9]*\\.?[0-9]*\\n?$',
  };
}

/** One, or a list of them. */
export function someSchema(one: JsonSchema): JsonSchema {
  return { anyOf: [one, { type: 'array', items: one }] };
}

/** The same, or nothing: `~` says that there is no value. */
export function orNothing(schema: JsonSchema): JsonSchema {
  const { type, ...rest } = schema;
  if (Array.isArray(type)) return { type: [...(type as readonly string[]), 'null'], ...rest };
  return { anyOf: [schema, { type: 'null' }] };
}

/** Where the definition of a secret stands in the whole schema: one place for all forms that it may have. */
export const SECRET_SCHEMA: JsonSchema = { $ref: '#/definitions/secret' };

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/u, '\\$&');
}
