import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HostKeyError, stateDirectory } from '../../base/index.js';
import type { HostKeyOptions } from '../connection.js';
import { isCertificate, plainKeyOf } from './certificate.js';
import { checkAlias } from './check.js';
import { CERTIFICATE_ALGORITHMS, faultOf } from './host-certificates.js';
import { hostId, keyTypeOf } from './known-hosts.js';
import { KnownHostsFile, type KnownLine } from './known-hosts-file.js';

/** The files that are read beside our own and never written: the user's and the machine's. */
const alsoRead = ({
  userKnownHostsFiles = [join(homedir(), '.ssh', 'known_hosts')],
  globalKnownHostsFiles = ['/etc/ssh/ssh_known_hosts'],
}: HostKeyOptions): string[] => [...userKnownHostsFiles, ...globalKnownHostsFiles];

/** Returns the fingerprint that ssh shows, `SHA256:…` (RFC 4648 base64 without padding); of a certificate that of its key. */
export function fingerprint(shown: Buffer): string {
  const key = plainKeyOf(shown);
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** What we know of one host's keys, looked up once before the connection. */
export interface HostKeyCheck {
  /** The key types that are known, so that the server is asked for one of these first. */
  readonly knownTypes: readonly string[];
  /** The algorithms of certificates to ask for before all keys: none where no authority is known for that host. */
  readonly certificateAlgorithms: readonly string[];
  /**
   * Settles when the key, or the certificate, may be trusted; learns a new key under `accept-new`.
   * @throws HostKeyError (`host_key_changed`, `host_key_revoked`, `host_key_unknown`, `host_key_store`).
   */
  verify(key: Buffer): Promise<void>;
}

/** Whose key it is. */
export interface Host {
  readonly host: string;
  readonly port: number;
  /** The name that the key is known under, in place of host and port. */
  readonly alias?: string | undefined;
}

interface Found {
  readonly line: KnownLine;
  readonly path: string;
}

/** Looks up what is known of that host. @throws HostKeyError (`host_key_store`); OptionError for an alias that is none. */
export async function prepareHostKeyCheck(host: Host, options: HostKeyOptions = {}): Promise<HostKeyCheck> {
  const { policy = 'accept-new', knownHostsFile = join(stateDirectory(), 'known_hosts') } = options;
  checkAlias(host.alias);
  if (policy === 'off') return { knownTypes: [], certificateAlgorithms: [], verify: async () => {} };
  const own = KnownHostsFile.at(knownHostsFile);
  const paths = new Set([knownHostsFile, ...alsoRead(options)]);
  const lines: Found[] = [];
  const id = host.alias?.toLowerCase() ?? hostId(host.host, host.port);
  for (const path of paths) for (const line of await KnownHostsFile.at(path).linesOf(id)) lines.push({ line, path });
  const authorities = lines.filter(({ line }) => line.marker === 'cert-authority').map(({ line }) => line.key);
  if (host.port !== 22 && host.alias === undefined) {
    // An authority for `*.example.net` is one for each port of a host, as ssh has it.
    const name = hostId(host.host, 22);
    for (const path of paths) {
      for (const { key } of await KnownHostsFile.at(path).authoritiesOf(name)) authorities.push(key);
    }
  }
  const learn = (key: Buffer): Promise<readonly KnownLine[]> => own.remember(id, key);
  const check = new Check({ id, name: host.alias ?? host.host, policy, lines, authorities, learn });
  return {
    knownTypes: check.knownTypes,
    certificateAlgorithms: authorities.length === 0 ? [] : CERTIFICATE_ALGORITHMS,
    verify: (key) => check.verify(key),
  };
}

interface CheckParts {
  /** What known_hosts files call the host. */
  readonly id: string;
  /** What a certificate calls it. */
  readonly name: string;
  readonly policy: 'accept-new' | 'strict';
  readonly lines: readonly Found[];
  /** The public keys of the authorities, in base64. */
  readonly authorities: readonly string[];
  readonly learn: (key: Buffer) => Promise<readonly KnownLine[]>;
}

class Check {
  readonly #parts: CheckParts;
  readonly #trusted: readonly Found[];

  constructor(parts: CheckParts) {
    this.#parts = parts;
    this.#trusted = parts.lines.filter(({ line }) => line.marker === 'none');
  }

  get knownTypes(): string[] {
    return [...new Set(this.#trusted.map(({ line }) => line.keyType))];
  }

  async verify(key: Buffer): Promise<void> {
    return isCertificate(key) ? this.#verifyCertificate(key) : this.#verifyKey(key);
  }

  #verifyCertificate(blob: Buffer): void {
    const { name, authorities } = this.#parts;
    const { fault, certificate } = faultOf(blob, { name, authorities });
    if (certificate !== undefined) {
      for (const key of [certificate.publicKey, certificate.authority]) this.#refuseRevoked(key);
      const plain = certificate.publicKey.toString('base64');
      // A key that is known by itself needs nobody to vouch for it.
      if (this.#trusted.some(({ line }) => line.key === plain)) return;
    }
    if (fault === undefined) return;
    this.#refuse('host_key_unknown', `the host's certificate ${fault}`, certificate?.publicKey ?? blob);
  }

  async #verifyKey(key: Buffer): Promise<void> {
    const { policy, learn } = this.#parts;
    const base64 = key.toString('base64');
    this.#refuseRevoked(key);
    if (this.#trusted.some(({ line }) => line.key === base64)) return;
    const [known] = this.#trusted;
    if (known !== undefined) this.#refuseChanged(key, known);
    if (policy === 'strict') {
      this.#refuse('host_key_unknown', `the host key is not known, and unknown ones are refused (strict)`, key);
    }
    const others = await learn(key);
    if (others.length > 0 && !others.some((line) => line.key === base64)) {
      this.#refuse('host_key_changed', 'THE HOST KEY HAS CHANGED since another session learned it a moment ago', key);
    }
  }

  #refuseRevoked(key: Buffer): void {
    const base64 = key.toString('base64');
    const revoked = this.#parts.lines.find(({ line }) => line.marker === 'revoked' && line.key === base64);
    if (revoked === undefined) return;
    const { path, line } = revoked;
    this.#refuse(
      'host_key_revoked',
      `the host key is marked as revoked (${path}, line ${line.lineNumber}); do not connect`,
      key,
    );
  }

  #refuseChanged(key: Buffer, { path, line }: Found): never {
    const was = `${line.keyType} ${fingerprint(Buffer.from(line.key, 'base64'))}`;
    return this.#refuse(
      'host_key_changed',
      `THE HOST KEY HAS CHANGED: somebody may be listening in, or the device was replaced; ` +
        `known in ${path}, line ${line.lineNumber}, is ${was}; if the change is right, remove it with ` +
        `ssh-keygen -R "${this.#parts.id}" -f "${path}"`,
      key,
    );
  }

  #refuse(code: HostKeyError['code'], says: string, key: Buffer): never {
    const { id } = this.#parts;
    const got = `${keyTypeOf(key).replace(/[^\x21-\x7e]/g, '?')} ${fingerprint(key)}`;
    throw new HostKeyError(code, `${id}: ${says} (got ${got})`, { phase: 'host_key', details: { got } });
  }
}
