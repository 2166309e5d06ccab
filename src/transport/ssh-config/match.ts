import { quote } from '../../base/index.js';
import { compilePatterns, type Matcher } from './patterns.js';
import { BadValue } from './values.js';

/** What the lines of a Match are compared with. */
export interface Circumstances {
  /** The name that is connected to, as far as it is known. */
  readonly host: string;
  readonly originalHost: string;
  readonly user: string;
  readonly localUser: string;
  readonly finalPass: boolean;
}

/** One condition of a Match; a command is run by who evaluates it. */
export type Criterion = { readonly negated: boolean } & (
  | { readonly test: (about: Circumstances) => boolean }
  | { readonly command: string }
);

const WITH_PATTERNS: Readonly<Record<string, (fits: Matcher) => (about: Circumstances) => boolean>> = {
  host: (fits) => (about) => fits(about.host.toLowerCase()),
  originalhost: (fits) => (about) => fits(about.originalHost.toLowerCase()),
  user: (fits) => (about) => fits(about.user),
  localuser: (fits) => (about) => fits(about.localUser),
};

const EXPECTED = 'all, canonical, final, exec, host, originalhost, user or localuser';

/** Reads the conditions of a Match line. @throws BadValue. */
export function parseMatch(args: readonly string[]): readonly Criterion[] {
  const criteria: Criterion[] = [];
  const words = [...args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const negated = word.startsWith('!');
    // `host=r1` is one argument, as OpenSSH takes it.
    const [, attribute = '', attached] = /^!?([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    const name = attribute.toLowerCase();
    if (name === 'all') {
      if (criteria.length > 1 || words.length > 0)
        throw new BadValue("'all' stands alone, or after one other condition");
      criteria.push({ negated, test: () => true });
    } else if (name === 'canonical' || name === 'final') {
      criteria.push({ negated, test: ({ finalPass }) => finalPass });
    } else {
      criteria.push(withArgument(name, negated, attached ?? words.shift()));
    }
  }
  if (criteria.length === 0) throw new BadValue(`expected ${EXPECTED}; got nothing`);
  return criteria;
}

function withArgument(name: string, negated: boolean, argument: string | undefined): Criterion {
  const compile = Object.hasOwn(WITH_PATTERNS, name) ? WITH_PATTERNS[name] : undefined;
  if (compile === undefined && name !== 'exec') throw new BadValue(`expected ${EXPECTED}; got ${quote(name)}`);
  if (argument === undefined || argument === '') throw new BadValue(`'${name}' lacks what it is compared with`);
  if (compile === undefined) return { negated, command: argument };
  const patterns = name.endsWith('host') ? argument.toLowerCase() : argument;
  return { negated, test: compile(compilePatterns(patterns.split(','))) };
}
