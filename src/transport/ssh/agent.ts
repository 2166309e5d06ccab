import { createConnection } from 'node:net';
import type { ChannelTimes } from '../connection.js';
import { answered } from './answered.js';
import { isCertificate, parseCertificate } from './certificate.js';
import { type Ssh2Agent, type Ssh2Key, ssh2 } from './ssh2.js';
import { WireReader, wireString, wireUint32 } from './wire.js';

/** The agent's messages (draft-ietf-sshm-ssh-agent, section 6). */
const REQUEST_IDENTITIES = 11;
const IDENTITIES_ANSWER = 12;
const SIGN_REQUEST = 13;
const SIGN_RESPONSE = 14;
/** What asks an RSA key for a hash that is not SHA-1. */
const SIGN_FLAGS: Readonly<Record<string, number>> = { sha256: 2, sha512: 4 };

const LONGEST_ANSWER = 1024 * 1024;

/** A key that an agent holds: what it is called there, and its public half, with its certificate where it has one. */
export interface AgentKey {
  readonly comment: string;
  readonly key: Ssh2Key;
  readonly isCertificate: boolean;
  /** The blob that the agent knows it by. */
  readonly blob: Buffer;
}

/** Asks an agent for its keys. Those of a type that ssh2 cannot use are left out. @throws Error with what is wrong. */
export async function agentKeys(socket: string, times: ChannelTimes): Promise<AgentKey[]> {
  const answer = await roundTrip(socket, Buffer.from([REQUEST_IDENTITIES]), times);
  if (answer[0] !== IDENTITIES_ANSWER) throw new Error(`the agent at ${socket} does not tell its keys`);
  const reader = new WireReader(answer.subarray(1));
  const keys: AgentKey[] = [];
  for (let left = reader.uint32(); left > 0; left--) {
    const blob = reader.bytes();
    const comment = reader.text();
    const key = publicKeyOf(blob);
    if (key !== undefined) keys.push({ blob, comment, key, isCertificate: isCertificate(blob) });
  }
  return keys;
}

/** Returns what signs with one key of an agent; `onRefusal` hears why it did not. */
export function signerOf(
  socket: string,
  { key, blob }: AgentKey,
  { onRefusal, ...times }: ChannelTimes & { readonly onRefusal: (why: string) => void },
): Ssh2Agent {
  const agent: Ssh2Agent = {
    getIdentities: (done) => done(null, [key]),
    sign: (_key, data, { hash }, done) => {
      const flags = key.type === 'ssh-rsa' ? (SIGN_FLAGS[hash ?? ''] ?? 0) : 0;
      const request = [Buffer.from([SIGN_REQUEST]), wireString(blob), wireString(data), wireUint32(flags)];
      roundTrip(socket, Buffer.concat(request), times)
        .then((answer) => done(null, signatureOf(answer)))
        .catch((error: Error) => {
          onRefusal(error.message);
          done(error);
        });
    },
  };
  return Object.assign(Object.create(ssh2().BaseAgent.prototype) as object, agent);
}

function signatureOf(answer: Buffer): Buffer {
  if (answer[0] !== SIGN_RESPONSE) throw new Error('it refused to sign');
  const signature = new WireReader(new WireReader(answer.subarray(1)).bytes());
  signature.text();
  return signature.bytes();
}

function publicKeyOf(blob: Buffer): Ssh2Key | undefined {
  try {
    const certified = isCertificate(blob);
    const parsed = ssh2().utils.parseKey(certified ? parseCertificate(blob).publicKey : blob);
    if (Array.isArray(parsed) || parsed instanceof Error) return undefined;
    return certified ? Object.assign(Object.create(parsed) as Ssh2Key, { getPublicSSH: () => blob }) : parsed;
  } catch {
    return undefined;
  }
}

/** Sends one request on a connection of its own, as ssh's agents take it, and returns the answer. */
function roundTrip(socket: string, request: Buffer, times: ChannelTimes): Promise<Buffer> {
  const stream = createConnection(socket);
  const answer = new Promise<Buffer>((resolve, reject) => {
    let received = Buffer.alloc(0);
    stream.on('connect', () => stream.write(wireString(request)));
    stream.on('data', (bytes: Buffer) => {
      received = Buffer.concat([received, bytes]);
      const length = received.length < 4 ? undefined : received.readUInt32BE(0);
      if (length !== undefined && length > LONGEST_ANSWER) reject(new Error(`${socket} is no agent`));
      if (length !== undefined && received.length >= 4 + length) resolve(received.subarray(4, 4 + length));
    });
    stream.on('error', (error) => reject(new Error(`the agent at ${socket} does not answer: ${error.message}`)));
    stream.on('close', () => reject(new Error(`the agent at ${socket} went away`)));
  });
  const waiting = { what: `the answer of the agent at ${socket}`, phase: 'authenticate' } as const;
  return answered(answer, times, waiting).finally(() => stream.destroy());
}
