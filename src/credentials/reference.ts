import { OptionError, quote, Secret, type SecretReference } from '../base/index.js';

const KINDS = ['env', 'command', 'prompt', 'age', 'keyring'] as const;

type Kind = (typeof KINDS)[number];

const text = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** What each kind must be, and how that is told. */
const SHAPES: Readonly<Record<Kind, { readonly fits: (value: unknown) => boolean; readonly expected: string }>> = {
  env: { fits: text, expected: 'the name of an environment variable' },
  command: {
    fits: (value) => Array.isArray(value) && value.every((word) => typeof word === 'string') && text(value[0]),
    expected: 'a list of a program and its arguments',
  },
  prompt: { fits: text, expected: 'what is asked' },
  age: { fits: text, expected: 'an armoured age file' },
  keyring: {
    fits: (value) => isObject(value) && text(value.service) && text(value.account),
    expected: 'an object with service and account',
  },
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What keeps a value from being a reference, without a piece of it; undefined when nothing does. */
function problemOf(value: unknown): string | undefined {
  if (!isObject(value)) return 'none';
  const keys = Object.keys(value);
  const [kind] = keys;
  // A key that is none of ours may be a secret that went astray.
  if (keys.length !== 1 || !KINDS.includes(kind as Kind)) return `one of the keys ${KINDS.join(', ')} is expected`;
  const { fits, expected } = SHAPES[kind as Kind];
  return fits(value[kind as Kind]) ? undefined : `${kind} must be ${expected}`;
}

/** Checks what stands in the place of a secret; nothing of it is shown. @throws OptionError. */
export function checkSecretValue(name: string, value: unknown): void {
  if (value === undefined || Secret.is(value)) return;
  const problem = problemOf(value);
  if (problem === undefined) return;
  const got = problem === 'none' ? `a ${typeof value}` : `an object, of which ${problem}`;
  throw new OptionError(
    `${name} must be a Secret (new Secret(text)), or a reference to one such as { env: 'NAME' }; got ${got}`,
  );
}

/** How a reference is named in messages: its kind and its name, nothing of a value, and nothing of a program's arguments. */
export function showReference(reference: SecretReference): string {
  if ('env' in reference) return `{ env: ${reference.env} }`;
  if ('command' in reference) return `{ command: ${reference.command[0]}${reference.command.length > 1 ? ' …' : ''} }`;
  if ('prompt' in reference) return `{ prompt: ${quote(reference.prompt)} }`;
  if ('age' in reference) return '{ age: … }';
  return `{ keyring: ${reference.keyring.service}/${reference.keyring.account} }`;
}
