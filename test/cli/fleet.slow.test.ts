import { describe, expect, test } from 'vitest';
import { lines, Place } from './cli.ts';

const place = new Place();

describe('five hundred devices in one run', () => {
  test.each([
    ['loop', ['--workers', '500'], 500],
    ['threads', ['--workers', '2', '--per-worker', '250'], 500],
  ])(
    '%s: all at once, and all ok',
    async (executor, flags, atOnce) => {
      const lab = await place.lab(executor, { devices: 500, commandMs: 300 });
      const { code, stdout, stderr } = await place.run(
        ['run', 'sh clock', 'sh ip int br', '-i', lab.file, '--executor', executor, ...flags, '--format', 'ndjson'],
        { deadlineMs: 100_000 },
      );
      const records = lines(stdout);
      expect([code, records.filter(({ status }) => status !== 'ok'), records.length]).toEqual([0, [], 500]);
      for (const { device, hostname, responses } of records) {
        expect([hostname, responses.map(({ prompt }) => prompt)]).toEqual([device, [`${device}#`, `${device}#`]]);
      }
      expect(stderr).toMatch(/^500 devices: 500 ok in/);
      expect(lab.counters.mostConnected).toBeGreaterThan(atOnce / 2);
      expect(lab.counters.connected).toBe(0);
    },
    120_000,
  );
});
