import { createHmac } from 'node:crypto';
import type { SessionTarget } from '../session/index.js';
import type { OpenOptions } from './messages.js';
import { toPlain } from './plain.js';

/** What says nothing about the session that a device has: names of a program's own, and clocks that each call has itself. */
const BESIDE = new Set(['name', 'groups', 'data', 'source', 'commands']);

/** Returns what the agent must know of a device. */
export function targetOf(device: SessionTarget): SessionTarget {
  return Object.fromEntries(Object.entries(device).filter(([name]) => !BESIDE.has(name))) as unknown as SessionTarget;
}

/**
 * Returns what two calls must have in common to share a session: all of the target and the options but the clocks that
 * count for one call. Passwords are part of it, so that who gives a wrong one gets no session that was opened with the
 * right one; it is a keyed hash, so that nothing can be read back from it.
 */
export function keyOf(target: SessionTarget, options: OpenOptions, secret: Uint8Array): string {
  const { timeouts, ...way } = targetOf(target);
  const { timeouts: theirs, limits, ...manner } = options;
  const settleMs = timeouts?.settleMs ?? theirs?.settleMs ?? 0;
  const parts = sorted(toPlain({ way, manner, settleMs, outputBytes: limits?.outputBytes }));
  return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64');
}

/** Objects with their properties in order: two that say the same are written the same. */
function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}
