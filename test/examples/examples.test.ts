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
import { afterAll, beforeAll, describe, type ExpectStatic, expect, test } from 'vitest';
import { needOrSkip } from '../real/needs.js';
import { normalise } from './normalise.js';
import { type InventoryName, Routers } from './routers.js';
import { root, runProgram } from './run-program.js';

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
const routers = new Routers();
const env = (): NodeJS.ProcessEnv => ({ XDG_STATE_HOME: join(folder, 'state'), LOCALAPPDATA: join(folder, 'state') });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-examples-'));
  const stateDirectory = join(folder, 'lab');
  await routers.start(folder, { pace: 1, stateDirectory });
  await routers.start(join(folder, 'slower'), { pace: 6, stateDirectory });
});

afterAll(async () => {
  await routers.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The files that a program has written, by name. */
function writtenFiles(cwd: string): string {
  const files = readdirSync(cwd).filter((file) => !file.startsWith('.'));
  const texts = files.map((file) => `$ cat ${file}\n${readFileSync(join(cwd, file), 'utf8')}`);
  return texts
    .map((text) => normalise(text, routers.ports))
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
  return normalise(`$ ${line}\n${output}`, routers.ports) + writtenFiles(cwd);
}

/**
 * Compares with the expected text; `vitest -u` writes what was said now into a file that is there. On a machine that
 * is too busy the devices' times do not give the order any more: where nothing but the order is different, the program
 * gets a second chance with devices that are slower.
 */
async function compare(
  expect: ExpectStatic,
  name: string,
  say: (places: { name: string; inventories: string }) => Promise<string>,
): Promise<void> {
  const file = join(EXPECTED, name.replace(/(\.mjs)?$/, '.txt'));
  expect(existsSync(file), `what ${name} is expected to print is not there: ${file}`).toBe(true);
  const expected = readFileSync(file, 'utf8');
  let text = await say({ name, inventories: folder });
  if (text !== expected && withoutOrder(text) === withoutOrder(expected)) {
    text = await say({ name: `${name}-again`, inventories: join(folder, 'slower') });
  }
  await expect(text).toMatchFileSnapshot(file);
}

/** The lines of a text, without what depends on which worker was free first. */
const withoutOrder = (text: string): string =>
  text
    .replace(/(?<=Executor-0_)\d/g, '?')
    .split('\n')
    .sort()
    .join('\n');

async function compareExample(expect: ExpectStatic, name: string, more: NodeJS.ProcessEnv = {}): Promise<void> {
  const { inventory = 'devices', args = [], apart = false } = SPECIAL[name] ?? {};
  const devices = inventory === 'none' ? [] : [`${inventory}.yaml`];
  const line = ['node', `examples/${name}`, ...devices, ...args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg))];
  await compare(expect, name, (at) => {
    const given = [...devices.map((file) => join(at.inventories, file)), ...args];
    return transcript(line.join(' '), { name: at.name, program: `examples/${name}`, args: given, apart, env: more });
  });
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

describe.concurrent('the exercises of docs/programs.md, as they stand there', { timeout: 120_000 }, () => {
  const text = readFileSync(join(root, 'docs', 'programs.md'), 'utf8');
  const lines = [...text.matchAll(/^rollcall run .*$/gm)].map(([line]) => line);

  test.for(lines.map((line, index) => [index + 1, line] as const))('%i: %s', async ([number, line], { expect }) => {
    const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
    await compare(expect, `exercise-${number}`, ({ name, inventories }) => {
      const args = words.slice(1).map((word) => (word.endsWith('.yaml') ? join(inventories, word) : word));
      return transcript(line, { name, program: 'dist/cli/main.js', args });
    });
  });

  test('each expectation belongs to an example or to an exercise', ({ expect }) => {
    const names = [
      ...examples.map((name) => name.replace('.mjs', '')),
      ...lines.map((_, index) => `exercise-${index + 1}`),
    ];
    expect(readdirSync(EXPECTED).sort()).toEqual(names.map((name) => `${name}.txt`).sort());
  });
});
