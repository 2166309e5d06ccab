/** One piece of a glob. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  /** `*` and `?` */
  | { readonly kind: 'any' | 'one' }
  /** `[1-9a]`, `[!a]`; each range with both of its ends. */
  | { readonly kind: 'set'; readonly not: boolean; readonly ranges: readonly (readonly [string, string])[] }
  /** `{a,b}` */
  | { readonly kind: 'choice'; readonly of: readonly Glob[] };

/** A pattern for a whole text; no piece at all is the empty text. */
export type Glob = readonly Piece[];

export type Sign = '<' | '<=' | '>' | '>=';

/** What one part of an expression asks of a device. */
export type Test =
  /** A bare word: the device's name, or one of its groups. */
  | { readonly kind: 'called'; readonly glob: Glob }
  | { readonly kind: 'has'; readonly key: string; readonly glob: Glob }
  | { readonly kind: 'compares'; readonly key: string; readonly sign: Sign; readonly than: number };

/** An expression over devices; `all` and `any` have at least two parts. */
export type Expression =
  | Test
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Expression[] };

/** The tests of an expression, in the order in which they were written. */
export function testsOf(expression: Expression): readonly Test[] {
  switch (expression.kind) {
    case 'not':
      return testsOf(expression.of);
    case 'all':
    case 'any':
      return expression.of.flatMap(testsOf);
    default:
      return [expression];
  }
}
