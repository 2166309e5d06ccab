import { readFile } from 'node:fs/promises';
import { expandHome } from './keys.js';
import { WireReader } from './wire.js';

/** How a private key in OpenSSH's own format begins (openssh/PROTOCOL.key). */
const OPENSSH_KEY = 'openssh-key-v1\0';

/**
 * Returns the public halves of key files, as the wire has them: from the file beside it that ends in `.pub`, else from
 * the file itself, which OpenSSH leaves readable where the private half is encrypted. Files without one are passed over.
 */
export async function publicKeysOf(files: readonly string[]): Promise<Buffer[]> {
  const keys = await Promise.all(files.map((file) => publicKeyOf(expandHome(file))));
  return keys.filter((key): key is Buffer => key !== undefined);
}

async function publicKeyOf(path: string): Promise<Buffer | undefined> {
  const beside = await readFile(`${path}.pub`, 'utf8').catch(() => '');
  const text = beside === '' ? await readFile(path, 'utf8').catch(() => '') : beside;
  const [, base64] = /^(?:ssh|ecdsa|sk)-\S+ ([A-Za-z0-9+/=]+)/m.exec(text) ?? [];
  return base64 === undefined ? ofPrivateKey(text) : Buffer.from(base64, 'base64');
}

function ofPrivateKey(text: string): Buffer | undefined {
  const [, base64 = ''] = /-----BEGIN OPENSSH PRIVATE KEY-----([^-]*)/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  if (!bytes.toString('latin1').startsWith(OPENSSH_KEY)) return undefined;
  try {
    const reader = new WireReader(bytes.subarray(OPENSSH_KEY.length));
    // Cipher, key derivation and its options.
    for (let field = 0; field < 3; field += 1) reader.bytes();
    return reader.uint32() === 1 ? reader.bytes() : undefined;
  } catch {
    return undefined;
  }
}
