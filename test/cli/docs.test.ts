import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ERROR_CODES, PHASES } from '#dist/base/index.js';
import { STATUSES } from '#dist/runner/index.js';
import { statusOf } from '#dist/runner/status.js';
import { type Line, main, Place } from './cli.ts';

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'cli.md'), 'utf8');
const place = new Place();

/** The text below a heading, until the next one. */
function section(heading: string): string {
  const [, rest = ''] = page.split(`\n## ${heading}`);
  return rest.split('\n## ')[0] ?? '';
}
const rows = (text: string): string[][] =>
  [...text.matchAll(/^\| (?!--|flag |code |status |key )(.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.trim()),
  );
const names = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
const flags = (text: string): string[] =>
  rows(text).flatMap(([cell = '']) => names(cell).map((name) => /--[\w-]+/.exec(name)?.[0] ?? name));

describe.concurrent('the page has', () => {
  test('every status, and no other', () => {
    expect(rows(section('Statuses')).flatMap(([cell = '']) => names(cell))).toEqual(STATUSES);
  });

  test('every error code with its status, and no other', () => {
    const table = rows(section('Error codes'));
    expect(table.flatMap(([cell = '']) => names(cell))).toEqual(ERROR_CODES);
    const statuses = ERROR_CODES.map((code) => {
      const all = PHASES.filter((phase) => phase !== 'configure').map((phase) =>
        statusOf({ code, phase, message: '' }),
      );
      return [code, [...new Set(all)].join(', ')];
    });
    expect(table.map(([code = '', , status = '']) => [names(code)[0], status])).toEqual(statuses);
    const unknown = ERROR_CODES.filter((code) => statusOf({ code, phase: 'configure', message: '' }) === 'unknown');
    const [, listed = ''] = /In the phase `configure`([^)]*)/.exec(page) ?? [];
    expect(names(listed).toSorted()).toEqual([...unknown].toSorted());
  });

  test('every phase, in order', () => {
    expect(names(section('Phases'))).toEqual(PHASES);
  });

  test.each([
    ['run', '`rollcall run'],
    ['ping', '`rollcall ping'],
    ['lab', '`rollcall lab'],
    ['connect', '`rollcall connect'],
    ['replay', '`rollcall replay'],
  ])('every flag of %s, and no other', async (command, heading) => {
    const { stdout } = await place.run([command, '--help']);
    const told = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag = '']) => flag);
    expect(flags(section(heading))).toEqual(told.filter((flag) => flag !== '--help'));
  });
});

describe.skipIf(process.platform === 'win32').concurrent('the examples', () => {
  let port: number;
  beforeAll(async () => {
    const lab = await place.lab('devices', { devices: 2 });
    port = lab.devices[0]?.port ?? 0;
    place.file('audit.txt', 'show clock\nshow version\n');
    mkdirSync(place.path('bin'));
    chmodSync(place.file('bin/rollcall', `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`), 0o755);
  });

  const examples = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, text = '']) => text.trim().split('\n'));

  test('are there', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples)('%s', async (example) => {
    const { code, stdout, stderr } = await place.run([], {
      under: ['sh', '-c', example.replaceAll('2201', String(port)), 'sh'],
      env: { PATH: `${place.path('bin')}:${process.env.PATH}` },
    });
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/rollcall:/)]);
    if (example.includes('head')) expect(stdout.split('\n')).toHaveLength(2);
    if (example.includes('--output-dir')) expect(readdirSync(place.path('answers'))).toHaveLength(4);
    if (example.includes('-o ')) expect(readFileSync(place.path('audit.ndjson'), 'utf8').split('\n')).toHaveLength(3);
    if (example.includes('-i -')) expect(stdout).toMatch(/^R1>show privilege\nCurrent privilege level is 1\nR2>/);
  });

  test('the output that the page shows is the output, but for times, ports and ids', async () => {
    const [text, ndjson] = await Promise.all([
      place.run(['run', 'show clock', '-i', 'devices.yaml']),
      place.run(['run', 'show clock', '-i', 'devices.yaml', '--format', 'ndjson', '--workers', '1']),
    ]);
    const alike = (output: string): string =>
      output
        .replace(/\*\d\d:\d\d:\d\d\.\d{3} UTC \w{3} \w{3} +\d+ \d{4}/g, 'CLOCK')
        .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
        .replace(/"elapsedMs":[\d.]+/g, '"elapsedMs":1')
        .replace(/"port":\d+/g, '"port":1')
        .replace(/"runId":"[^"]+"/g, '"runId":"ID"');
    const [, shownText] = /```text\n(R1#[\s\S]*?)```/.exec(page) ?? [];
    const [, shownLine] = /```text\n(\{.*\n)```/.exec(page) ?? [];
    expect(alike(text.stdout)).toBe(alike(shownText ?? ''));
    expect(alike(`${ndjson.stdout.split('\n')[0]}\n`)).toBe(alike(shownLine ?? ''));
    const keys = Object.keys(JSON.parse(shownLine ?? '{}') as Line);
    expect(rows(section('What comes out')).flatMap(([cell = '']) => names(cell))).toEqual(keys);
  });
});
