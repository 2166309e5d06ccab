import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitOpenFiles } from '#dist/cli/open-files.js';
import { clean, jsonLine } from '#dist/cli/output/clean.js';
import { slug, uniqueSlugs } from '#dist/cli/output/file-names.js';
import { failureLine, recordText } from '#dist/cli/output/text.js';

/** What a terminal may obey: all control characters but tab and line feed. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
const anyText = fc.string({ unit: 'binary' });

describe('what is printed', () => {
  test('holds nothing that a terminal obeys, whatever a device says', () => {
    fc.assert(
      fc.property(anyText, anyText, (one, two) => {
        const response = { prompt: one, command: 'x', output: two } as never;
        const printed = [
          clean(one),
          recordText({ responses: [response] } as never),
          failureLine({ device: one, status: 'failed', error: { message: two } as never, worker: 'w' }),
        ];
        for (const text of printed) expect(text).not.toMatch(OBEYED);
        for (const further of printed[2]?.split('\n').slice(1) ?? []) expect(further).toMatch(/^ {2}/);
        const line = jsonLine({ one, two });
        expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
        expect(JSON.parse(line)).toEqual({ one, two });
      }),
    );
  });

  test('shows what it kept from the terminal', () => {
    expect(clean('\u001b[31mred\u0007\r\n\tnext\u009b2J')).toBe('\\x1b[31mred\\x07\\x0d\n\tnext\\x9b2J');
  });

  test('an answer keeps its last empty lines but one', () => {
    const text = (output: string): string =>
      recordText({ responses: [{ prompt: 'R1#', command: 'x', output }] } as never);
    expect(text('')).toBe('R1#x\n');
    expect(text('a')).toBe('R1#x\na\n');
    expect(text('a\n')).toBe('R1#x\na\n');
    expect(text('a\n\n')).toBe('R1#x\na\n\n');
  });
});

describe('file names', () => {
  test('are taken by every system, and no two are alike on any', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(anyText, fc.constantFrom('con', 'A', 'a', '..', 'a/b', 'a_b', '')), { maxLength: 20 }),
        (texts) => {
          const names = uniqueSlugs(texts);
          for (const name of names) {
            expect(name).toMatch(/^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/);
            expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
            expect(name).not.toContain('__');
            expect(name.length).toBeLessThanOrEqual(120);
          }
          expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(texts.length);
        },
      ),
    );
  });

  test('show what they are the names of', () => {
    expect(
      ['show ip int brief', 'R1', 'core-1.example.net', '10.0.0.1:22', '../../etc/passwd', 'LPT1'].map(slug),
    ).toEqual(['show_ip_int_brief', 'R1', 'core-1.example.net', '10.0.0.1_22', 'etc_passwd', 'x_LPT1']);
  });
});

describe('the limit of open files', () => {
  const flags = (executor: 'sequential' | 'loop' | 'threads' | 'processes', workers: number, perWorker = 1) => ({
    executor,
    workers,
    perWorker,
  });

  test.each([
    [flags('loop', 20), 20, 1024, undefined],
    [flags('loop', 500), 500, 256, { workers: 216, perWorker: 1 }],
    [flags('sequential', 1), 1, 20, { workers: 1, perWorker: 1 }],
    [flags('threads', 20), 20, 256, { workers: 15, perWorker: 1 }],
    [flags('threads', 4, 125), 500, 1024, undefined],
    [flags('threads', 4, 125), 500, 256, { workers: 1, perWorker: 125 }],
    [flags('threads', 4, 500), 2000, 256, { workers: 1, perWorker: 203 }],
    [flags('processes', 4, 500), 2000, 1024, undefined],
    [flags('processes', 4, 500), 2000, 256, { workers: 4, perWorker: 213 }],
    [flags('processes', 100), 100, 256, { workers: 72, perWorker: 1 }],
    [flags('loop', 20), 20, undefined, undefined],
  ])('%j for %i sessions under a limit of %s: %j', (given, wanted, limit, expected) => {
    const fit = fitOpenFiles(given, wanted, limit === undefined ? {} : { limit });
    const { workers, perWorker } = fit.flags;
    expect({ workers, perWorker }).toEqual(expected ?? { workers: given.workers, perWorker: given.perWorker });
    expect(fit.warning === undefined).toBe(expected === undefined);
  });

  test('what it says to raise the limit to is enough', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('loop' as const, 'threads' as const, 'processes' as const),
        fc.record({ workers: fc.integer({ min: 1, max: 300 }), perWorker: fc.integer({ min: 1, max: 300 }) }),
        fc.integer({ min: 10, max: 2000 }),
        (executor, { workers, perWorker }, limit) => {
          const given = executor === 'loop' ? flags('loop', workers) : flags(executor, workers, perWorker);
          const wanted = given.workers * given.perWorker;
          const { warning, flags: fitted } = fitOpenFiles(given, wanted, { limit });
          if (warning === undefined) return;
          const enough = Number(/ulimit -n (\d+)$/.exec(warning)?.[1]);
          expect(fitOpenFiles(given, wanted, { limit: enough }).warning).toBeUndefined();
          expect(fitted.workers * fitted.perWorker).toBeGreaterThan(0);
          expect(fitted.workers * fitted.perWorker).toBeLessThanOrEqual(wanted);
        },
      ),
    );
  });
});
