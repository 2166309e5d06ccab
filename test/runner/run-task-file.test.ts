import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EventLoopExecutor,
  type Executor,
  findTaskFile,
  type Observer,
  ProcessPoolExecutor,
  run,
  runTaskFile,
  type Step,
  type TaskFile,
  ThreadPoolExecutor,
  taskRecordOf,
} from 'rollcall';
import { type Device, parseInventory } from 'rollcall/inventory';
import { type Lab, startLab } from 'rollcall/lab';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-task-'));
let lab: Lab;
let devices: readonly Device[];
let acts: TaskFile;
beforeAll(async () => {
  lab = await startLab({ devices: 2, stateDirectory: join(folder, 'lab') });
  ({ devices } = parseInventory(lab.inventory()));
  acts = await findTaskFile(join(import.meta.dirname, 'tasks', 'files', 'acts.ts'));
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true, force: true });
});

const hostKeys = { knownHostsFile: join(folder, 'known_hosts') };

describe.each<[string, () => Executor]>([
  ['the event loop', () => new EventLoopExecutor({ maxWorkers: 2 })],
  ['threads', () => new ThreadPoolExecutor({ maxWorkers: 1, tasksPerWorker: 2 })],
  ['processes', () => new ProcessPoolExecutor({ maxWorkers: 1, tasksPerWorker: 2 })],
])('in %s', (_kind, make) => {
  let executor: Executor;
  beforeAll(() => {
    executor = make();
  });
  afterAll(() => executor.shutdown());

  const act = async (what: string, observers: Observer<Device>[] = []) => {
    const input = { task: acts, input: { do: what } };
    const { results, runId } = await run(runTaskFile, devices, {
      ...{ input, executor, observers, session: { hostKeys } },
    });
    return results.map((result) => ({ ...result, record: taskRecordOf(runId, result) }));
  };

  test('its value is what it returned, as JSON has it', async () => {
    expect((await act('nothing')).map(({ record }) => record.value)).toEqual([null, null]);
    const [first] = await act('date');
    expect(first?.record).toMatchObject({ status: 'ok', hostname: null, subtasks: [] });
    expect(first?.record.value).toEqual({ at: '1970-01-01T00:00:00.000Z', list: [1, null] });
  });

  test('a value that is no JSON is an error that says which part of it', async () => {
    for (const { status, error } of await act('function')) {
      expect(status).toBe('failed');
      expect(error).toMatchObject({
        code: 'task_error',
        message: expect.stringContaining("the task's value cannot be JSON: 'deep[0]' is a function; return plain data"),
      });
    }
  });

  test('what it throws is told with the place; an error of rollcall keeps its status', async () => {
    const [thrown] = await act('throw');
    expect(thrown?.error).toEqual({
      code: 'task_error',
      phase: 'task',
      message: expect.stringMatching(/^TypeError: of its own, on R1 \(acts\.ts:17\)$/),
      details: { at: expect.stringMatching(/acts\.ts:17$/) },
    });
    expect((await act('refuse'))[0]).toMatchObject({ status: 'authentication', error: { message: 'refused' } });
  });

  test('what it has kept, and whom it was connected with, outlive its failure', async () => {
    const [first] = await act('keep');
    expect(first?.record).toMatchObject({ status: 'failed', hostname: 'R1', value: { half: true } });
    await vi.waitFor(() => expect(lab.counters.connected).toBe(0));
  });

  test('named parts have a status, a time and a value; those inside of others are named after both', async () => {
    const steps: Step[] = [];
    const [first] = await act('parts', [{ step: ({ name }, step) => void (name === 'R1' && steps.push(step)) }]);
    expect(first).toMatchObject({ status: 'ok', value: { hostname: 'R1', value: true } });
    const elapsedMs = expect.any(Number);
    const bad = { code: 'task_error', phase: 'task', message: 'RangeError: bad part' };
    expect(first?.record.subtasks).toEqual([
      { name: 'whole', status: 'ok', elapsedMs, error: null },
      { name: 'whole/login', status: 'ok', elapsedMs, error: null },
      { name: 'whole/bad', status: 'failed', elapsedMs, error: bad },
      { name: 'whole/clock', status: 'ok', elapsedMs, error: null },
      {
        name: 'whole/forgotten',
        status: 'cancelled',
        elapsedMs,
        error: expect.objectContaining({ code: 'cancelled' }),
      },
    ]);
    // A session is no data, a response is.
    expect(first?.subtasks?.map((subtask) => 'value' in subtask)).toEqual([true, false, false, true, false]);
    expect(first?.subtasks?.[3]?.value).toMatchObject({ command: 'show clock', ok: true });
    await vi.waitFor(() => expect(lab.counters.connected).toBe(0));

    const told = steps.map((step) => ('name' in step ? `${step.type} ${step.name}` : step.type));
    expect(told.filter((type) => type !== 'phase')).toEqual([
      ...['queued', 'started', 'subtask_started whole', 'subtask_started whole/login', 'logged_in'],
      ...['subtask_ended whole/login', 'subtask_started whole/bad', 'subtask_ended whole/bad'],
      ...['subtask_started whole/clock', 'sent', 'answered', 'subtask_ended whole/clock'],
      ...['subtask_started whole/forgotten', 'subtask_ended whole'],
    ]);
    const times = steps.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(Math.abs(Date.now() - (times.at(-1) ?? 0))).toBeLessThan(60_000);
  });
});

describe('a module that holds no task is refused:', () => {
  const refused = async (name: string, text: string, pick = ''): Promise<string> => {
    const path = join(folder, name);
    writeFileSync(path, text);
    const error = await findTaskFile(`${path}${pick}`).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'bad_option' });
    return (error as Error).message.replaceAll(folder, '');
  };

  test('a syntax error, with its line', async () => {
    const text = 'export default () => {\n  return {{ no;\n};\n';
    expect(await refused('syntax.mjs', text)).toMatch(/^.syntax\.mjs:2: SyntaxError: Unexpected token '\{'$/);
  });

  test('what the module throws while it is loaded, with its line', async () => {
    expect(await refused('throws.mjs', 'const a = 1;\na.b.c();\n')).toMatch(/^.throws\.mjs:2: TypeError: /);
  });

  test('an import that is not there', async () => {
    expect(await refused('import.mjs', "import './no.mjs';\n")).toMatch(/Cannot find module .*no\.mjs/);
    expect(await refused('name.mjs', "import { nope } from 'node:fs';\n")).toMatch(
      /name\.mjs:1: SyntaxError: .*'nope'/,
    );
  });

  test('no function, two of them, another name, no file', async () => {
    expect(await refused('none.mjs', 'export const a = 1;\n')).toMatch(
      /exports no function; expected export default async/,
    );
    expect(await refused('two.mjs', 'export const a = () => 1;\nexport function b() {}\n')).toMatch(
      /exports 2 functions \(a, b\); name one of them: .*two\.mjs#a$/,
    );
    expect(await refused('one.mjs', 'export const audit = () => 1;\n', '#adit')).toMatch(
      /one\.mjs: no function 'adit'; did you mean 'audit'\?; it exports audit$/,
    );
    await expect(findTaskFile(join(folder, 'nothing.mjs'))).rejects.toThrow(/nothing\.mjs: no such file$/);
  });

  test('and CommonJS is fine, and so is a # in the name of a file', async () => {
    writeFileSync(join(folder, 'a#b.cjs'), 'module.exports = { check: async () => 1 };\n');
    expect(await findTaskFile(join(folder, 'a#b.cjs'))).toMatchObject({ name: 'check' });
    writeFileSync(join(folder, 'one.cjs'), 'module.exports = async () => 1;\n');
    expect(await findTaskFile(join(folder, 'one.cjs'))).toMatchObject({ name: 'default' });
  });
});
