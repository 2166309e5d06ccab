import { type Parameter, parameterNamed } from './parameters.js';

/** A word of what was typed, and the column where it begins. */
export interface Token {
  readonly text: string;
  readonly at: number;
}

/** What a line means, or why it means nothing; `value` is true where all that lacks may be a value, not a keyword. */
export type Parsed<A> =
  | {
      readonly kind: 'command';
      readonly action: A;
      readonly words: readonly string[];
      readonly args: readonly string[];
    }
  | { readonly kind: 'ambiguous' }
  | { readonly kind: 'incomplete'; readonly words: readonly string[]; readonly value: boolean }
  | { readonly kind: 'invalid'; readonly at: number; readonly word: number };

interface Node<A> {
  readonly keywords: Map<string, Node<A>>;
  readonly parameters: { readonly parameter: Parameter; readonly next: Node<A> }[];
  action?: A;
}

const node = <A>(): Node<A> => ({ keywords: new Map(), parameters: [] });

/** Splits a line into its words. */
export function tokens(line: string): Token[] {
  return [...line.matchAll(/\S+/g)].map((match) => ({ text: match[0], at: match.index }));
}

/**
 * A tree of commands, made of patterns such as `show ip interface brief` or `terminal length <0-512>`: lower case is a
 * keyword and may be shortened as long as it stays the only one, `[…]` may be left out, and anything else is a
 * parameter (parameters.ts).
 */
export class Grammar<A> {
  readonly #root = node<A>();

  constructor(commands: Iterable<readonly [pattern: string, action: A]>) {
    for (const [pattern, action] of commands) for (const plain of expanded(pattern)) this.#add(plain, action);
  }

  parse(words: readonly Token[]): Parsed<A> {
    let here = this.#root;
    const canonical: string[] = [];
    const args: string[] = [];
    for (let index = 0; index < words.length; ) {
      const token = words[index];
      if (token === undefined) break;
      const found = matching(here, token.text);
      if (found.length > 1) return { kind: 'ambiguous' };
      const [keyword] = found;
      if (keyword !== undefined) {
        canonical.push(keyword[0]);
        here = keyword[1];
        index++;
        continue;
      }
      const taken = take(here, words, index);
      if (taken === undefined) return { kind: 'invalid', at: token.at + agreement(here, token.text), word: index };
      canonical.push(taken.text);
      args.push(taken.text);
      here = taken.next;
      index += taken.used;
    }
    if (here.action === undefined) return { kind: 'incomplete', words: canonical, value: here.parameters.length > 0 };
    return { kind: 'command', action: here.action, words: canonical, args };
  }

  /** Returns what may stand where the line ends: after a space the next words, else what the last word may become. */
  help(line: string): string[] {
    const words = tokens(line);
    const open = line === '' || /\s$/.test(line) ? '' : (words.pop()?.text ?? '');
    let here = this.#root;
    for (let index = 0; index < words.length; ) {
      const found = matching(here, words[index]?.text ?? '');
      const [keyword] = found;
      const taken = found.length === 0 ? take(here, words, index) : undefined;
      if (found.length > 1 || (keyword === undefined && taken === undefined)) return [];
      here = taken?.next ?? keyword?.[1] ?? here;
      index += taken?.used ?? 1;
    }
    const next = [...here.keywords.keys()].filter((keyword) => keyword.startsWith(open.toLowerCase())).sort();
    if (open !== '') return next;
    return [...next, ...here.parameters.map(({ parameter }) => parameter.name), ...(here.action ? ['<cr>'] : [])];
  }

  #add(pattern: string, action: A): void {
    let here = this.#root;
    for (const word of pattern.split(' ')) {
      let next: Node<A>;
      if (/^[a-z0-9-]+$/.test(word)) {
        next = here.keywords.get(word) ?? node();
        here.keywords.set(word, next);
      } else {
        const known = here.parameters.find(({ parameter }) => parameter.name === word);
        next = known?.next ?? node();
        if (known === undefined) here.parameters.push({ parameter: parameterNamed(word), next });
      }
      here = next;
    }
    here.action = action;
  }
}

/** `a [b] [c]` is `a`, `a b`, `a c` and `a b c`. */
function expanded(pattern: string): string[] {
  const optional = / \[([^\]]*)\]/.exec(pattern);
  if (optional === null) return [pattern];
  const [whole, inside = ''] = optional;
  return [...expanded(pattern.replace(whole, '')), ...expanded(pattern.replace(whole, ` ${inside}`))];
}

/** The keywords that a word may stand for: the one that it is, or all that it begins. */
function matching<A>(here: Node<A>, word: string): [string, Node<A>][] {
  const typed = word.toLowerCase();
  const exact = here.keywords.get(typed);
  if (exact !== undefined) return [[typed, exact]];
  return [...here.keywords].filter(([keyword]) => keyword.startsWith(typed));
}

function take<A>(here: Node<A>, words: readonly Token[], index: number) {
  for (const { parameter, next } of here.parameters) {
    const taken = parameter.take(words, index);
    if (taken !== undefined) return { ...taken, next };
  }
  return undefined;
}

/** How many characters of a wrong word still agree with some keyword: IOS puts its marker after them. */
function agreement<A>(here: Node<A>, word: string): number {
  const typed = word.toLowerCase();
  let longest = 0;
  for (const keyword of here.keywords.keys()) {
    let same = 0;
    while (same < typed.length && typed[same] === keyword[same]) same++;
    longest = Math.max(longest, same);
  }
  return longest;
}
