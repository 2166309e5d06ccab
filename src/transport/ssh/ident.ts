import type { Duplex } from 'node:stream';

/** RFC 4253, section 4.2: `SSH-protoversion-softwareversion SP comments`, of printable ASCII without blanks. */
const IDENT = /^SSH-(?:2\.0|1\.99)-(?<software>[\x21-\x7e]{1,250})/;

/** Lines may stand before the ident: a server that goes on and on has none. */
const MOST_BYTES = 16 * 1024;

/**
 * Reads along until the server has named its software, and returns what tells the name; undefined before, and where it
 * names none. ssh2 keeps it to itself.
 */
export function readIdent(sock: Duplex): () => string | undefined {
  let software: string | undefined;
  let text = '';
  let left = MOST_BYTES;
  const onData = (bytes: Buffer): void => {
    text += bytes.subarray(0, left).toString('latin1');
    left -= bytes.length;
    const lines = text.split('\n');
    text = lines.pop() ?? '';
    const ident = lines.find((line) => line.startsWith('SSH-'));
    if (ident !== undefined) software = IDENT.exec(ident)?.groups?.software;
    if (ident !== undefined || left <= 0) sock.off('data', onData);
  };
  sock.on('data', onData);
  return () => software;
}
