import { logger, processWide } from '../../base/index.js';
import { legacyAmong } from './algorithms.js';
import type { Ssh2Negotiated } from './ssh2.js';

/** Returns the legacy algorithms that were really agreed on. */
export function legacyInUse({ kex, serverHostKey, cs, sc }: Ssh2Negotiated): readonly string[] {
  return legacyAmong([...new Set([kex, serverHostKey, cs.cipher, sc.cipher, cs.mac, sc.mac])]);
}

/** Says it, once per device and process: what is weak should not become what nobody sees. */
export function warnOfLegacy(device: string, algorithms: readonly string[]): void {
  const said = processWide('legacyAlgorithmsSaid', () => new Set<string>());
  const fresh = algorithms.filter((name) => !said.has(`${device} ${name}`));
  if (fresh.length === 0) return;
  for (const name of fresh) said.add(`${device} ${name}`);
  const what = fresh.length === 1 ? 'the legacy algorithm' : 'the legacy algorithms';
  logger().warn(`${device}: SSH with ${what} ${fresh.join(', ')}, which can be broken: newer settings are due there`);
}
