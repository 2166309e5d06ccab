import type { TransferRecord } from '../../runner/index.js';
import { bytesText } from './bytes.js';
import { clean } from './clean.js';

/** One line that says what came of a device's transfer; nothing where it failed, which is told elsewhere. */
export function transferText({ device, file }: TransferRecord): string {
  if (file === null) return '';
  const { direction, local, remote, bytes, outcome, resumedFrom, protocol, verified, elapsedMs } = file;
  const proof = PROOFS[verified] ?? `the same ${verified} on both sides`;
  const way = direction === 'put' ? `${local} -> ${remote}` : `${remote} -> ${local}`;
  if (outcome === 'unchanged') return clean(`${device}: ${way}: is there already (${proof})\n`);
  const resumed = resumedFrom > 0 ? `, gone on from ${bytesText(resumedFrom)}` : '';
  const how = `${bytesText(bytes)} by ${protocol} in ${(elapsedMs / 1000).toFixed(1)} s${resumed}`;
  return clean(`${device}: ${way}: ${how} (${proof})\n`);
}

const PROOFS: Readonly<Record<string, string>> = {
  content: 'read back and the same',
  size: 'the same size; no checksum',
  no: 'NOT compared: the device tells neither checksum nor size',
};
