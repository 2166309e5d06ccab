import { readFile } from 'node:fs/promises';
import { AuthenticationError } from '../../base/index.js';
import { type Certificate, invalidity, parseCertificate } from './certificate.js';
import { expandHome } from './keys.js';

/** A user's certificate, and the file that it stands in. */
export interface UserCertificate {
  readonly file: string;
  readonly certificate: Certificate;
}

/** Reads the certificate that the target names. @throws AuthenticationError with what is wrong with it. */
export async function namedCertificate(file: string): Promise<UserCertificate> {
  const path = expandHome(file);
  try {
    return { file: path, certificate: await read(path) };
  } catch (error) {
    const says = `cannot use the certificate ${path}: ${(error as Error).message}`;
    throw new AuthenticationError('authentication', says, { phase: 'authenticate', cause: error });
  }
}

/** Reads the certificate beside a key file, where there is one; what is wrong with it goes to the notes. */
export async function certificateBeside(keyFile: string, notes: string[]): Promise<UserCertificate | undefined> {
  const file = `${keyFile}-cert.pub`;
  try {
    return { file, certificate: await read(file) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      notes.push(`the certificate ${file} was passed over: ${(error as Error).message}`);
    }
    return undefined;
  }
}

/** Says what may make a server refuse a certificate: only it knows which names it takes. */
export function doubtsAbout({ file, certificate }: UserCertificate, username: string): string[] {
  const { principals } = certificate;
  const why = invalidity(certificate);
  return [
    ...(why === undefined ? [] : [`the certificate ${file} ${why}`]),
    ...(principals.length === 0 || principals.includes(username)
      ? []
      : [`the certificate ${file} is for ${principals.join(', ')}, not for '${username}'`]),
  ];
}

async function read(path: string): Promise<Certificate> {
  const [type = '', base64 = ''] = (await readFile(path, 'utf8')).trim().split(/\s+/);
  if (!/^[a-z0-9-]+(-v01)?@?[a-z.]*$/.test(type) || base64 === '') throw new Error('it holds no certificate');
  const certificate = parseCertificate(Buffer.from(base64, 'base64'));
  if (certificate.kind !== 'user') throw new Error(`it is a ${certificate.kind} certificate, expected a user's`);
  return certificate;
}
