import { withoutSecretLines } from '../../session/index.js';

/** Returns what was typed without what looks like a secret in it: as devices write it, and as JSON does without spaces. */
export function withoutSecrets(word: string): string {
  const spaced = word.replaceAll(/":(?=\S)/g, '": ');
  const clean = withoutSecretLines(spaced);
  return clean === spaced ? word : clean;
}

/** Returns the command line as a person could type it again; what looks like a secret in it is blanked out. */
export const commandText = (argv: readonly string[]): string =>
  ['rollcall', ...argv.map((word) => quoted(withoutSecrets(word)))].join(' ');

/** As POSIX shells take it; nothing but a person reads it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
