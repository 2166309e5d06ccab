import { createRequire } from 'node:module';
import { type Ssh2Client, type Ssh2Key, ssh2Changed } from './ssh2.js';

/** The version of ssh2 whose insides the files here were read against. */
const READ_VERSION = '1.17.0';

/**
 * The inside of ssh2's client that certificates need: it has no place for them outside. What is here is one
 * connection's own; nothing of ssh2 itself is changed.
 */
export interface Ssh2Protocol {
  authPK(username: string, key: Ssh2Key, algorithm?: string, sign?: SignCallback): void;
  _packetRW: { write: PacketWriter };
  _offer: KexInit;
  _kex: KeyExchange | undefined;
}

export type SignCallback = (data: Buffer, send: (signature: Buffer) => void) => void;

export interface PacketWriter {
  readonly allocStart: number;
  alloc(payloadLength: number): Buffer;
  finalize(packet: Buffer): Buffer;
}

type List = { readonly array: readonly string[] };
type Direction = Readonly<Record<'cipher' | 'mac' | 'compress' | 'lang', List>>;

/** The algorithms that we offer. */
export interface KexInit {
  readonly lists: { readonly kex: List; readonly serverHostKey: List; readonly cs: Direction; readonly sc: Direction };
}

export interface KeyExchange {
  readonly negotiated: { serverHostKey: string };
  _hostKey: Buffer | undefined;
  parse(payload: Buffer): unknown;
  finish(scOnly?: boolean): unknown;
}

const require = createRequire(import.meta.url);

/** Returns the inside of a client that `connect` was just called on. @throws NegotiationError when ssh2 is another. */
export function protocolOf(client: Ssh2Client): Ssh2Protocol {
  const { version } = require('ssh2/package.json') as { readonly version: string };
  const protocol = (client as { readonly _protocol?: Partial<Ssh2Protocol> })._protocol;
  if (version !== READ_VERSION) throw ssh2Changed(`what certificates need; it is ${version}`);
  for (const name of ['authPK', '_packetRW', '_offer'] as const) {
    if (protocol?.[name] === undefined) throw ssh2Changed(name);
  }
  return protocol as Ssh2Protocol;
}
