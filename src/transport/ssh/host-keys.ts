import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { HostKeyError, stateDirectory } from '../../base/index.js';
import type { HostKeyOptions } from '../connection.js';
import { hostId, type KnownHost, keyTypeOf } from './known-hosts.js';
import { KnownHostsFile } from './known-hosts-file.js';

/** The files that are read beside our own and never written: the user's and the machine's. */
const alsoRead = ({
  userKnownHostsFiles = [join(homedir(), '.ssh', 'known_hosts')],
  globalKnownHostsFiles = ['/etc/ssh/ssh_known_hosts'],
}: HostKeyOptions): string[] => [...userKnownHostsFiles, ...globalKnownHostsFiles];

/** Returns the fingerprint that ssh shows, `SHA256:…` (RFC 4648 base64 without padding). */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

/** What we know of one host's keys, looked up once before the connection. */
export interface HostKeyCheck {
  /** The key types that are known, so that the server is asked for one of these first. */
  readonly knownTypes: readonly string[];
  /**
   * Settles when the key may be trusted; learns a new one under `accept-new`.
   * @throws HostKeyError (`host_key_changed`, `host_key_revoked`, `host_key_unknown`, `host_key_store`).
   */
  verify(key: Buffer): Promise<void>;
}

/** Looks up what is known of that host. @throws HostKeyError (`host_key_store`). */
export async function prepareHostKeyCheck(
  host: string,
  port: number,
  options: HostKeyOptions = {},
): Promise<HostKeyCheck> {
  const { policy = 'accept-new', knownHostsFile = join(stateDirectory(), 'known_hosts') } = options;
  if (policy === 'off') return { knownTypes: [], verify: async () => {} };
  const id = hostId(host, port);
  const own = KnownHostsFile.at(knownHostsFile);
  const lines: { line: KnownHost; path: string }[] = [];
  for (const path of new Set([knownHostsFile, ...alsoRead(options)])) {
    for (const line of await KnownHostsFile.at(path).linesOf(id)) lines.push({ line, path });
  }
  const trusted = lines.filter(({ line }) => line.marker === 'none');
  const refuse = (code: HostKeyError['code'], says: string, key: Buffer): never => {
    const got = `${keyTypeOf(key)} ${fingerprint(key)}`;
    throw new HostKeyError(code, `${id}: ${says} (got ${got})`, { phase: 'host_key', details: { got } });
  };
  return {
    knownTypes: [...new Set(trusted.map(({ line }) => line.keyType))],
    async verify(key) {
      const base64 = key.toString('base64');
      if (lines.some(({ line }) => line.marker === 'revoked' && line.key === base64)) {
        refuse('host_key_revoked', 'the host key is marked as revoked; do not connect', key);
      }
      if (trusted.some(({ line }) => line.key === base64)) return;
      const known = trusted[0];
      if (known !== undefined) {
        const was = fingerprint(Buffer.from(known.line.key, 'base64'));
        refuse(
          'host_key_changed',
          `THE HOST KEY HAS CHANGED: somebody may be listening in, or the device was replaced; ` +
            `known in ${known.path} is ${known.line.keyType} ${was}; if the change is right, remove that line`,
          key,
        );
      }
      if (policy === 'strict') {
        refuse('host_key_unknown', `the host key is not known, and unknown ones are refused (strict)`, key);
      }
      const others = await own.remember(id, key);
      if (others.length > 0 && !others.some((line) => line.key === base64)) {
        refuse('host_key_changed', 'THE HOST KEY HAS CHANGED since another session learned it a moment ago', key);
      }
    },
  };
}
