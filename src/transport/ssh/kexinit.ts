import type { Duplex } from 'node:stream';

/** What a server offers (RFC 4253, section 7.1): for what may differ by direction, to the server and from it. */
export interface ServerOffer {
  readonly kex: readonly string[];
  readonly serverHostKey: readonly string[];
  readonly cipher: Directions;
  readonly hmac: Directions;
  readonly compress: Directions;
}

export interface Directions {
  readonly toServer: readonly string[];
  readonly toUs: readonly string[];
}

const LF = 0x0a;
const MSG_KEXINIT = 20;
/** A message number, and the cookie. */
const BEFORE_LISTS = 17;

/** Lines and messages may stand before the offer: a server that goes on and on makes none. */
const MOST_BYTES = 256 * 1024;
/** More than RFC 4253, section 6.1, demands that everybody can read. */
const LONGEST_PACKET = 64 * 1024;

/**
 * Reads along until the server has said what it offers, and returns what tells it; undefined before, and where it says
 * nothing of the kind. It is in the clear, and ssh2 keeps it to itself.
 */
export function readKexInit(sock: Duplex): () => ServerOffer | undefined {
  let offer: ServerOffer | undefined;
  let bytes: Buffer = Buffer.alloc(0);
  const stop = (): void => {
    sock.off('data', onData);
    bytes = Buffer.alloc(0);
  };
  const onData = (more: Buffer): void => {
    bytes = Buffer.concat([bytes, more]);
    const found = findOffer(bytes);
    if (found === 'more' && bytes.length <= MOST_BYTES) return;
    offer = typeof found === 'object' ? found : undefined;
    stop();
  };
  sock.on('data', onData);
  return () => offer;
}

/** Returns the offer, whether more bytes are needed to tell, or whether there is none. */
function findOffer(bytes: Buffer): ServerOffer | 'more' | 'none' {
  let at = endOfIdent(bytes);
  if (at === undefined) return 'more';
  // Packets as they are before the first keys: length, length of the padding, payload, padding, and no MAC.
  while (bytes.length >= at + 5) {
    const length = bytes.readUInt32BE(at);
    const padding = bytes.readUInt8(at + 4);
    if (length < padding + 2 || length > LONGEST_PACKET) return 'none';
    if (bytes.length < at + 4 + length) return 'more';
    const payload = bytes.subarray(at + 5, at + 4 + length - padding);
    if (payload[0] === MSG_KEXINIT) return parseKexInit(payload) ?? 'none';
    at += 4 + length;
  }
  return 'more';
}

function endOfIdent(bytes: Buffer): number | undefined {
  for (let start = 0; ; ) {
    const end = bytes.indexOf(LF, start);
    if (end < 0) return undefined;
    if (bytes.toString('latin1', start, start + 4) === 'SSH-') return end + 1;
    start = end + 1;
  }
}

function parseKexInit(payload: Buffer): ServerOffer | undefined {
  const lists: string[][] = [];
  let at = BEFORE_LISTS;
  for (let count = 0; count < 8; count++) {
    if (payload.length < at + 4) return undefined;
    const end = at + 4 + payload.readUInt32BE(at);
    if (payload.length < end) return undefined;
    // Printable ASCII by RFC 4251, section 6; what is not would go to a terminal.
    const names = payload.toString('latin1', at + 4, end).split(',');
    lists.push(names.filter((name) => /^[\x21-\x7e]{1,64}$/.test(name)));
    at = end;
  }
  const [kex = [], serverHostKey = [], ...rest] = lists;
  const [cipherOut = [], cipherIn = [], macOut = [], macIn = [], compressOut = [], compressIn = []] = rest;
  return {
    kex,
    serverHostKey,
    cipher: { toServer: cipherOut, toUs: cipherIn },
    hmac: { toServer: macOut, toUs: macIn },
    compress: { toServer: compressOut, toUs: compressIn },
  };
}
