import { readFile, stat } from 'node:fs/promises';
import { CredentialError, processWide } from '../../base/index.js';
import { isAge } from './format.js';
import { opened } from './open.js';
import type { AgeOptions } from './options.js';

interface Known {
  readonly stamp: string;
  readonly identities: Promise<readonly string[]>;
}

/**
 * Returns the identities of a file, read once per process as long as it stays the same; one that is encrypted with a
 * passphrase is opened with it, which a person is asked for.
 * @throws CredentialError for a file that is not there, or holds none.
 */
export async function identitiesOf(path: string, options: AgeOptions): Promise<readonly string[]> {
  const known = processWide('credentials.identities', () => new Map<string, Known>());
  const { ino, size, mtimeMs } = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const stamp = `${ino}/${size}/${mtimeMs}`;
  const there = known.get(path);
  if (there?.stamp === stamp) return there.identities;
  const identities = read(path, options);
  const mine = { stamp, identities };
  known.set(path, mine);
  identities.catch(() => known.get(path) === mine && known.delete(path));
  return identities;
}

async function read(path: string, options: AgeOptions): Promise<readonly string[]> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const plain = isAge(bytes)
    ? await opened(bytes, { ...options, what: `the identity file ${path}` }, noIdentities)
    : bytes;
  return parse(Buffer.from(plain).toString('utf8'), path);
}

const noIdentities = async (): Promise<never> => {
  throw new CredentialError('an identity file that is encrypted must be so with a passphrase');
};

/** One a line; empty lines, and those that begin with `#`, are passed over. No line of it is shown. */
function parse(text: string, path: string): readonly string[] {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (/^-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(lines[0] ?? '')) {
    throw new CredentialError(
      `${path} is an SSH key, and rollcall reads age's own identities; make one with: rollcall secret keygen`,
    );
  }
  for (const [index, line] of lines.entries()) {
    if (/^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(line)) continue;
    const what = line.startsWith('AGE-PLUGIN-')
      ? 'an identity of a plugin, which only age itself can use'
      : 'no identity';
    throw new CredentialError(`${path}: entry ${index + 1} is ${what}; expected AGE-SECRET-KEY-1…`);
  }
  if (lines.length === 0) throw new CredentialError(`${path} holds no identity; make one with: rollcall secret keygen`);
  return lines;
}

function unreadable(path: string, cause: unknown): CredentialError {
  const { code = 'no reason is given' } = cause as NodeJS.ErrnoException;
  const says =
    code === 'ENOENT'
      ? `there is no age identity at ${path}; name one with ROLLCALL_AGE_IDENTITY, or make one with: rollcall secret keygen`
      : `cannot read the age identity ${path}: ${code}`;
  return new CredentialError(says, { cause });
}
