import { withoutSecretLines } from '../../session/index.js';

/** Returns the command line as a person could type it again; what looks like a secret in it is blanked out. */
export const commandText = (argv: readonly string[]): string =>
  ['rollcall', ...argv.map((word) => quoted(withoutSecretLines(word)))].join(' ');

/** As POSIX shells take it; nothing but a person reads it. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
