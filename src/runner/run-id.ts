import { randomBytes } from 'node:crypto';

/** Returns a new run's id: the time in UTC, so that ids sort by age, and four random bytes. */
export function newRunId(now = new Date()): string {
  const time = now.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${time}-${randomBytes(4).toString('hex')}`;
}
