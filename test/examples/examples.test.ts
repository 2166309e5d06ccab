import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Lab, startLab } from 'rollcall/lab';
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.js';
import { normalise } from './normalise.js';
import { root, runProgram } from './run-program.js';

type InventoryName = 'devices' | 'wrong' | 'silent' | 'quick' | 'forty';

interface Example {
  /** Default `devices`. */
  readonly inventory?: InventoryName | 'none';
  /** What stands behind the inventory. */
  readonly args?: readonly string[];
  /** Whether standard error is compared apart. */
  readonly apart?: boolean;
}

/** Examples that need something else than the three devices. */
const SPECIAL: Readonly<Record<string, Example>> = {
  '16-ping.mjs': { inventory: 'none' },
  '12-an-error.mjs': { inventory: 'wrong' },
  '13-errors-threads.mjs': { inventory: 'wrong' },
  '14-errors-processes.mjs': { inventory: 'wrong', apart: true },
  '17-measure.mjs': { inventory: 'quick' },
  '18-how-many-workers.mjs': { inventory: 'forty' },
  '19-an-error-inside-map.mjs': { inventory: 'wrong' },
  '20-handled-in-task-or-at-result.mjs': { inventory: 'silent' },
  '23-sharing.mjs': { inventory: 'none' },
  '24-what-cannot-cross.mjs': { inventory: 'none' },
  '24b-without-its-guard.mjs': { inventory: 'none' },
  '25-quiet-daemon.mjs': { apart: true },
  '26-commands-per-device.mjs': { args: ['answers.txt'] },
  '27-show-or-configure.mjs': { args: ['dialogue.txt', '--config', 'i', '--config', 'logging 10.5.5.5'] },
};

const EXPECTED = join(import.meta.dirname, 'expected');
const PING = '16-ping.mjs';
const examples = readdirSync(join(root, 'examples')).filter((file) => /^\d\d.*\.mjs$/.test(file));

let folder: string;
let lab: Lab;
/** From the lab's ports to those of examples/devices.yaml. */
const ports = new Map<number, number>();
const env = (): NodeJS.ProcessEnv => ({ XDG_STATE_HOME: join(folder, 'state'), LOCALAPPDATA: join(folder, 'state') });

/** Writes the committed inventory with other ports; beyond three devices its blocks are used again. */
function writeInventory(
  name: InventoryName,
  at: readonly number[],
  change: Record<number, (block: string) => string> = {},
): void {
  const text = readFileSync(join(root, 'examples', 'devices.yaml'), 'utf8');
  const [head = '', ...blocks] = text.split(/^(?=- )/m);
  const routers = at.map((port, index) => {
    const block = (blocks[index % blocks.length] ?? '').replace(/port: \d+/, `port: ${port}`);
    return change[index]?.(block) ?? block;
  });
  writeFileSync(join(folder, `${name}.yaml`), head + routers.join(''));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-examples-'));
  lab = await startLab({
    devices: [
      // The first is slow; the second is done before the third, and takes longer to refuse a password than a worker
      // takes to start.
      { commandMs: 500 },
      { commandMs: 20, latencyMs: 30 },
      { commandMs: 200 },
      { faults: ['silent'] },
      ...Array.from({ length: 40 }, () => ({ commandMs: 5 })),
    ],
    stateDirectory: join(folder, 'lab'),
  });
  const at = lab.devices.map(({ port }) => port);
  const [first = 0, second = 0, , silent = 0] = at;
  const wrong = (block: string): string => block.replace(/password: .*/, 'password: wrong');
  writeInventory('devices', at.slice(0, 3));
  writeInventory('wrong', at.slice(0, 3), { 1: wrong });
  writeInventory('silent', [first, second, silent], { 1: wrong, 2: (block) => `${block}  conn_timeout: 1\n` });
  writeInventory('quick', at.slice(4, 7));
  writeInventory('forty', at.slice(4));
  for (const [index, port] of at.slice(0, 4).entries()) ports.set(port, 2201 + index);
});

afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The files that a program has written, by name. */
function writtenFiles(cwd: string): string {
  const files = readdirSync(cwd).filter((file) => !file.startsWith('.'));
  const texts = files.map((file) => `$ cat ${file}\n${readFileSync(join(cwd, file), 'utf8')}`);
  return texts
    .map((text) => normalise(text, ports))
    .sort()
    .join('');
}

interface Run {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly apart?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

/** What a person would have seen who typed that line, and the files that are there afterwards. */
async function transcript(line: string, { name, program, args, apart = false, env: more = {} }: Run): Promise<string> {
  const cwd = join(folder, name);
  mkdirSync(cwd);
  const output = await runProgram([join(root, program), ...args], { cwd, env: { ...env(), ...more }, apart });
  return normalise(`$ ${line}\n${output}`, ports) + writtenFiles(cwd);
}

/** Compares with the expected text; `vitest -u` writes what was said now into a file that is there. */
async function compare(expect: ExpectStatic, name: string, text: string): Promise<void> {
  const file = join(EXPECTED, name.replace(/(\.mjs)?$/, '.txt'));
  expect(existsSync(file), `what ${name} is expected to print is not there: ${file}`).toBe(true);
  await expect(text).toMatchFileSnapshot(file);
}

async function compareExample(expect: ExpectStatic, name: string, more: NodeJS.ProcessEnv = {}): Promise<void> {
  const { inventory = 'devices', args = [], apart = false } = SPECIAL[name] ?? {};
  const devices = inventory === 'none' ? [] : [`${inventory}.yaml`];
  const line = ['node', `examples/${name}`, ...devices, ...args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg))];
  const given = [...devices.map((file) => join(folder, file)), ...args];
  await compare(
    expect,
    name,
    await transcript(line.join(' '), { name, program: `examples/${name}`, args: given, apart, env: more }),
  );
}

describe.concurrent('every example prints what it should', { timeout: 120_000 }, () => {
  test.for(examples.filter((name) => name !== PING))('%s', (name, context) => compareExample(context.expect, name));
});

describe('ping', () => {
  const windows = process.platform === 'win32';
  if (!windows) needOrSkip('ping');

  test.skipIf(windows)(`${PING}: the hostile address never reaches the system's ping`, async () => {
    const [record, path] = [join(folder, 'ping-record'), join(folder, 'bin')];
    mkdirSync(path);
    const real = (process.env.PATH ?? '')
      .split(delimiter)
      .map((place) => join(place, 'ping'))
      .find(existsSync);
    writeFileSync(join(path, 'ping'), `#!/bin/sh\nprintf '%s\\n' "$*" >> '${record}'\nexec '${real}' "$@"\n`);
    chmodSync(join(path, 'ping'), 0o755);
    await compareExample(expect, PING, { PATH: `${path}${delimiter}${process.env.PATH}` });
    const pinged = readFileSync(record, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ').at(-1));
    expect(pinged.sort()).toEqual(['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.255.255.255']);
  });
});

describe('the exercises of docs/programs.md, as they stand there', { timeout: 120_000 }, () => {
  const text = readFileSync(join(root, 'docs', 'programs.md'), 'utf8');
  const lines = [...text.matchAll(/^rollcall run .*$/gm)].map(([line]) => line);

  test.for(lines.map((line, index) => [index + 1, line] as const))('%i: %s', async ([number, line]) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    const args = words.slice(1).map((word) => (word.endsWith('.yaml') ? join(folder, word) : word));
    const name = `exercise-${number}`;
    await compare(expect, name, await transcript(line, { name, program: 'dist/cli/main.js', args }));
  });

  test('each expectation belongs to an example or to an exercise', () => {
    const names = [
      ...examples.map((name) => name.replace('.mjs', '')),
      ...lines.map((_, index) => `exercise-${index + 1}`),
    ];
    expect(readdirSync(EXPECTED).sort()).toEqual(names.map((name) => `${name}.txt`).sort());
  });
});
