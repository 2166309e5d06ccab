import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  EventLoopExecutor,
  type Executor,
  findTaskFile,
  openJournal,
  ProcessPoolExecutor,
  run,
  runTaskFile,
  sendCommands,
  ThreadPoolExecutor,
  taskRecordOf,
} from 'rollcall';
import { type Lab, startLab } from 'rollcall/lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { folderForTests } from './use.ts';

const folder = folderForTests();
const PASSWORD = 'had-only-by-reference-7';
const hostKeys = { knownHostsFile: join(folder, 'known_hosts') };
let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ devices: 1, password: PASSWORD, transport: 'telnet', stateDirectory: join(folder, 'lab') });
});
afterAll(() => lab.close());

/** The lab's device, whose password nobody has before its session does. */
const devices = () =>
  lab.devices.map(({ name, host, port }) => ({
    ...{ name, host, port, platform: 'cisco_ios', transport: 'telnet' as const, username: 'cisco' },
    password: { command: [process.execPath, '-e', `console.log('${PASSWORD}')`] as const },
  }));

test.each<[string, () => Executor]>([
  ['the event loop', () => new EventLoopExecutor({ maxWorkers: 1 })],
  ['threads', () => new ThreadPoolExecutor({ maxWorkers: 1 })],
  ['processes', () => new ProcessPoolExecutor({ maxWorkers: 1 })],
])('what a password that is only referred to came to stood in the journal: not in %s', async (_kind, make) => {
  await using executor = make();
  const task = await findTaskFile(join(import.meta.dirname, '..', 'tasks', 'files', 'repeats.ts'));
  const journal = await openJournal({ directory: join(folder, 'tasks'), devices: devices(), record: taskRecordOf });
  const input = { task, input: { says: PASSWORD } };
  const { results } = await run(runTaskFile, devices(), { input, journal, executor, session: { hostKeys } });
  // What the run itself hands out is what came.
  expect(results[0]).toMatchObject({ status: 'ok', value: { value: { banner: `be careful with ${PASSWORD}` } } });
  const text = readFileSync(journal.path, 'utf8');
  expect(text).toContain('be careful with [secret]');
  expect(text).not.toContain(PASSWORD);
});

test('nor in what commands were answered', async () => {
  const journal = await openJournal({ directory: join(folder, 'commands'), devices: devices() });
  const input = { commands: ['show clock', `show version | include ${PASSWORD}`], session: { hostKeys } };
  await run(sendCommands, devices(), { input, journal });
  const text = readFileSync(journal.path, 'utf8');
  expect(text).toContain('show version | include [secret]');
  expect(text).not.toContain(PASSWORD);
});
