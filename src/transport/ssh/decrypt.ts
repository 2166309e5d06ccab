import { createPrivateKey, sign } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Secret } from '../../base/index.js';
import { type Ssh2Key, ssh2, ssh2Path } from './ssh2.js';

/**
 * What the worker does; a text, since the bundle has no file for it. OpenSSH stretches a passphrase by bcrypt, which
 * costs ssh2 a third of a second of JavaScript, more where the key was made with many rounds.
 */
const PROGRAM = `
const { parentPort, workerData } = require('node:worker_threads');
const { utils } = require(workerData.ssh2);
const parsed = utils.parseKey(Buffer.from(workerData.data), workerData.passphrase);
const key = Array.isArray(parsed) ? parsed[0] : parsed;
if (key === undefined) parentPort.postMessage({ error: 'the file holds no key' });
else if (key instanceof Error) parentPort.postMessage({ error: key.message });
else parentPort.postMessage({
  publicKey: key.getPublicSSH(), privateKey: key.getPrivatePEM(), comment: key.comment,
});
`;

type Answer =
  | { readonly error: string }
  | { readonly publicKey: Uint8Array; readonly privateKey: string | null; readonly comment: string };

/** Decrypts a private key in a thread of its own, so that the event loop goes on meanwhile. */
export async function decryptKey(data: Buffer, passphrase: Secret): Promise<Ssh2Key | Error> {
  const answer = await askWorker({ ssh2: ssh2Path(), data, passphrase: passphrase.reveal() });
  if ('error' in answer) return new Error(answer.error);
  if (answer.privateKey === null) return new Error('it is a public key; name the private one');
  return signingKey(Buffer.from(answer.publicKey), answer.privateKey, answer.comment);
}

function askWorker(workerData: object): Promise<Answer> {
  return new Promise((resolve) => {
    // Neither our environment nor our arguments are of use to it.
    const worker = new Worker(PROGRAM, { eval: true, workerData, env: {}, argv: [], execArgv: [] });
    worker.once('message', (answer: Answer) => {
      resolve(answer);
      void worker.terminate();
    });
    worker.once('error', (error) => resolve({ error: error.message }));
    worker.once('exit', () => resolve({ error: 'the thread that decrypts it ended' }));
  });
}

/** The hash that belongs to a type of key where the algorithm's name does not say another (RFC 4253, RFC 5656, RFC 8709). */
const HASHES: Readonly<Record<string, string>> = {
  'ssh-rsa': 'sha1',
  'ssh-dss': 'sha1',
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
};

/** Makes a key that ssh2 takes of what the worker has found: it cannot send one of ssh2's own. */
function signingKey(publicKey: Buffer, pem: string, comment: string): Ssh2Key | Error {
  const shown = ssh2().utils.parseKey(publicKey);
  if (Array.isArray(shown) || shown instanceof Error) return new Error('its public half cannot be read');
  const privateKey = createPrivateKey(pem);
  return Object.assign(Object.create(shown) as Ssh2Key, {
    comment,
    isPrivateKey: () => true,
    sign: (bytes: Buffer, hash = HASHES[shown.type]) => sign(hash, bytes, privateKey),
  });
}
