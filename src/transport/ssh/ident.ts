import type { Duplex } from 'node:stream';
import type { Redact } from '../connection.js';

/** RFC 4253, section 4.2: `SSH-protoversion-softwareversion SP comments`, of printable ASCII without blanks. */
const IDENT = /^SSH-(?:2\.0|1\.99)-(?<software>[\x21-\x7e]{1,250})/;

/** Lines may stand before the ident: a server that goes on and on has none. */
const MOST_BYTES = 16 * 1024;

/** So much of a line that is none of SSH tells what it is. */
const LONGEST_SHOWN = 80;

/** What a server has said of itself. */
export interface Ident {
  /** The name of its software; undefined before it came, and where there is none. */
  readonly software: string | undefined;
  /** Its first line, whatever that is; undefined where it has said nothing. */
  readonly firstLine: string | undefined;
}

/** Reads along until the server has said who it is, and returns what tells that. ssh2 keeps it to itself. */
export function readIdent(sock: Duplex, redact: Redact = (text) => text): () => Ident {
  let software: string | undefined;
  let first = '';
  let text = '';
  let left = MOST_BYTES;
  const onData = (bytes: Buffer): void => {
    const more = bytes.subarray(0, left).toString('latin1');
    if (first.length < LONGEST_SHOWN) first += more;
    text += more;
    left -= bytes.length;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    const ident = lines.find((line) => line.startsWith('SSH-'));
    if (ident !== undefined) software = IDENT.exec(ident)?.groups?.software;
    if (ident !== undefined || left <= 0) sock.off('data', onData);
  };
  sock.on('data', onData);
  return () => {
    // Redacted before it is cut: half a secret is one, too.
    const firstLine = redact(first.trimStart().split(/[\r\n]/)[0] ?? '').slice(0, LONGEST_SHOWN);
    return { software, firstLine: firstLine || undefined };
  };
}
