import { didYouMean, KEYRING_SERVICE, Secret, type SecretReference, type SecretValue } from '../base/index.js';
import type { Nested, NodeAt } from './kinds.js';
import { type Entry, look } from './node.js';
import type { Reading } from './read.js';
import { SECRET_SCHEMA } from './schema/parts.js';
import { WRONG, Wrong } from './values.js';

const AGE_FILE = /^\s*-----BEGIN AGE ENCRYPTED FILE-----\s*\n[\s\S]*\n\s*-----END AGE ENCRYPTED FILE-----\s*$/;

type Read = (node: NodeAt) => SecretReference | Wrong | undefined;

/** Each kind of reference by its key; undefined is said of what is reported already. */
const KINDS: Readonly<Record<string, Read>> = {
  env: ofText((env) =>
    /[=$\s\p{Cc}]/u.test(env) ? new Wrong('must be the name of an environment variable, without $') : { env },
  ),
  prompt: ofText((prompt) => (/\p{Cc}/u.test(prompt) ? new Wrong('must be one line: what is asked') : { prompt })),
  age: ofText((age) => {
    if (AGE_FILE.test(age)) return { age };
    return new Wrong(
      'must be an armoured age file with its line breaks, such as `rollcall secret encrypt` prints; as a block: age: |',
    );
  }),
  command: ({ node }) => {
    const words = textsOf(node);
    if (words === 'broken') return undefined;
    if (words === undefined || words[0] === undefined || words[0].trim() === '') {
      return new Wrong('must be a list of a program and its arguments: [pass, show, network]; no shell reads it');
    }
    return { command: words };
  },
  keyring: ({ node }) => {
    const seen = look(node);
    const says = 'must be the name of an entry, or a mapping with service and account';
    if (seen.kind === 'broken') return undefined;
    if (seen.kind === 'text' && seen.text.trim() !== '') {
      return { keyring: { service: KEYRING_SERVICE, account: seen.text } };
    }
    if (seen.kind !== 'map') return new Wrong(says);
    const [service, account] = ['service', 'account'].map((name) => oneText(seen.entries, name));
    if (account === undefined || seen.entries.some(({ key }) => key !== 'service' && key !== 'account')) {
      return new Wrong(says);
    }
    return { keyring: { service: service ?? KEYRING_SERVICE, account } };
  },
};

function ofText(read: (text: string) => SecretReference | Wrong): Read {
  return ({ node }) => {
    const seen = look(node);
    if (seen.kind === 'broken') return undefined;
    if (seen.kind === 'nothing' || (seen.kind === 'text' && seen.text.trim() === '')) return new Wrong('is empty');
    return seen.kind === 'text' ? read(seen.text) : new Wrong('must be one value');
  };
}

function textsOf(node: NodeAt['node']): readonly string[] | 'broken' | undefined {
  const seen = look(node);
  if (seen.kind === 'broken') return 'broken';
  if (seen.kind !== 'list') return undefined;
  const items = seen.items.map((item) => look(item));
  return items.every((item) => item.kind === 'text') ? items.map(({ text }) => text) : undefined;
}

function oneText(entries: readonly Entry[], name: string): string | undefined {
  const seen = look(entries.find(({ key }) => key === name)?.value ?? null);
  return seen.kind === 'text' && seen.text.trim() !== '' ? seen.text : undefined;
}

const ALL = Object.keys(KINDS);
const EXPECTED = `one of ${ALL.join(', ')}`;

/** `{ env: NAME }` and its like. */
function readReference(entries: readonly Entry[], key: string, reading: Reading): SecretReference | typeof WRONG {
  const { problems } = reading;
  const unknown = entries.find((entry) => !Object.hasOwn(KINDS, entry.key));
  if (unknown !== undefined) {
    // A password that begins with a brace makes keys of its parts: only what is nearly one of ours is shown.
    const hint = didYouMean(unknown.key, ALL);
    const shown = hint === '' ? 'a key that is none of them' : `'${unknown.key}'${hint}`;
    problems.report(
      unknown.keyAt,
      `${key} as a mapping takes ${EXPECTED}; got ${shown}. A password that begins with a brace must be in quotes`,
    );
    return WRONG;
  }
  const [entry, ...others] = entries;
  const read = entry === undefined ? undefined : KINDS[entry.key];
  if (entry === undefined || read === undefined || others.length > 0) {
    const got = entry === undefined ? 'none' : entries.map((one) => one.key).join(' and ');
    problems.report(entry?.keyAt ?? 0, `${key} as a mapping takes ${EXPECTED}; got ${got}`);
    return WRONG;
  }
  const value = read({ node: entry.value, key, at: entry.valueAt });
  if (value === undefined) return WRONG;
  if (!(value instanceof Wrong)) return value;
  // Nothing of it is shown: it may be the secret itself.
  problems.report(entry.valueAt, `${key}.${entry.key} ${value.why}`);
  return WRONG;
}

function kind(emptyIsNone: boolean): Nested<SecretValue> {
  return {
    hidden: true,
    schema: SECRET_SCHEMA,
    readNode: ({ node, key, at }, reading) => {
      const seen = look(node);
      if (seen.kind === 'nothing') return undefined;
      if (seen.kind === 'broken') return WRONG;
      if (seen.kind === 'text') return literal(seen.text, { key, at, emptyIsNone }, reading);
      if (seen.kind === 'map') {
        if (seen.entries.length > 0) return readReference(seen.entries, key, reading);
        reading.problems.report(at, `${key} as a mapping takes ${EXPECTED}; got an empty one`);
        return WRONG;
      }
      reading.problems.report(at, `${key} must be one value, got a list`);
      return WRONG;
    },
  };
}

interface LiteralAt extends Omit<NodeAt, 'node'> {
  readonly emptyIsNone: boolean;
}

function literal(text: string, { key, at, emptyIsNone }: LiteralAt, { problems, plainSecrets }: Reading) {
  if (text === '') return emptyIsNone ? undefined : new Secret('');
  if (/[\0\r\n]/.test(text)) {
    const age = text.includes('BEGIN AGE ENCRYPTED FILE') ? '; an encrypted one is written as { age: … }' : '';
    problems.report(at, `${key} must not hold a line break${age}`);
    return WRONG;
  }
  plainSecrets.add(at);
  return new Secret(text);
}

/** A secret, or where it is to be had. It may be empty: a device can have an empty password. */
export const password: Nested<SecretValue> = kind(false);

/** The same, where an empty one is none. */
export const secret: Nested<SecretValue> = kind(true);
