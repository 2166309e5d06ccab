import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Device,
  EventLoopExecutor,
  type Executor,
  loadInventory,
  ProcessPoolExecutor,
  recordOf,
  run,
  sendCommands,
  ThreadPoolExecutor,
} from 'rollcall';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { realDevicesOrSkip } from './use.ts';

const root = process.env.ROLLCALL_PACKAGE ?? join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-fleet-'));
const inventory = join(folder, 'devices.yaml');
// The same line means something to a router and to a shell: who knows it answers, who does not refuses.
const commands = ['show version', 'printf abc'];
const real = realDevicesOrSkip();

beforeAll(() => {
  mkdirSync(join(folder, 'home'));
  vi.stubEnv('HOME', join(folder, 'home'));
  vi.stubEnv('XDG_STATE_HOME', join(folder, 'state'));
  vi.stubEnv('SSH_AUTH_SOCK', '');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

function writeInventory(): void {
  const lines = real().devices.map(({ kind, platform, host, port, username, password, secret }) =>
    JSON.stringify({
      name: kind,
      device_type: platform,
      host,
      port,
      username,
      password,
      ...(secret === undefined ? {} : { secret }),
    }),
  );
  writeFileSync(inventory, `devices:\n${lines.map((line) => `  - ${line}\n`).join('')}`);
}

/** What must be the same whoever ran it: no times, no names of workers. */
interface Comparable {
  readonly device: string;
  readonly status: string;
  readonly hostname: string | null;
  readonly error: { readonly code: string; readonly phase: string } | null;
  readonly responses: readonly {
    readonly command: string;
    readonly prompt: string;
    readonly ok: boolean;
    readonly output: string;
  }[];
}

function comparable(record: Comparable): Comparable {
  const { device, status, hostname, error, responses } = record;
  return {
    device,
    status,
    hostname,
    error: error && { code: error.code, phase: error.phase },
    responses: responses.map(({ command, prompt, ok, output }) => ({ command, prompt, ok, output })),
  };
}

const executors: readonly (readonly [string, () => Executor])[] = [
  ['sequential', () => new EventLoopExecutor({ maxWorkers: 1 })],
  ['loop', () => new EventLoopExecutor({ maxWorkers: 4 })],
  ['threads', () => new ThreadPoolExecutor({ maxWorkers: 2, tasksPerWorker: 2 })],
  ['processes', () => new ProcessPoolExecutor({ maxWorkers: 2, tasksPerWorker: 2 })],
];

describe('all real devices in one inventory', () => {
  const seen = new Map<string, readonly Comparable[]>();

  test.each(executors)('through the executor %s', async (name, make) => {
    writeInventory();
    const { devices } = await loadInventory(inventory);
    const executor = make();
    try {
      const { runId, results } = await run(sendCommands, devices as readonly Device[], {
        input: { commands },
        executor,
      });
      seen.set(
        name,
        results.map((result) => comparable(recordOf(runId, result))),
      );
    } finally {
      await executor.shutdown();
    }
    expect(seen.get(name)?.map(({ device, status, error }) => [device, status, error?.code])).toEqual([
      ['zebra', 'rejected', 'command_refused'],
      ['vtysh', 'rejected', 'command_refused'],
      ['shell', 'rejected', 'command_refused'],
      ['dropbear', 'rejected', 'command_refused'],
    ]);
    for (const { device, responses, hostname } of seen.get(name) ?? []) {
      const isRouter = device === 'zebra' || device === 'vtysh';
      expect(responses.map(({ command, ok }) => [command, ok])).toEqual([
        ['show version', isRouter],
        ['printf abc', !isRouter],
      ]);
      expect(responses[isRouter ? 0 : 1]?.output).toMatch(isRouter ? /^FRRouting/ : /^abc$/);
      expect(hostname).toBe(device === 'zebra' ? 'R1' : seen.get(name)?.[1]?.hostname);
    }
  });

  test.each(executors.map(([name]) => name))('from the command line, --executor %s: the same', async (name) => {
    const { code, stdout, stderr } = await rollcall([
      'run',
      ...commands,
      '-i',
      inventory,
      '--format',
      'ndjson',
      '--order',
      'input',
      '--executor',
      name,
    ]);
    expect({ code, stderr: stderr.includes('Error') }).toEqual({ code: 1, stderr: false });
    const records = stdout
      .trimEnd()
      .split('\n')
      .map((line) => comparable(JSON.parse(line)));
    expect(records).toEqual(seen.get(name));
    expect(records).toEqual(seen.get('sequential'));
  });

  test('from the command line, what every device knows: exit code 0, and no password anywhere', async () => {
    // The routers alone, with two commands that both know.
    const args = ['run', 'show interface lo', '-i', inventory, '--format', 'ndjson'];
    const routers = readFileSync(inventory, 'utf8').split('\n').slice(0, 3).join('\n');
    const { code, stdout, stderr } = await rollcall([...args.slice(0, 3), '-', ...args.slice(4)], routers);
    expect(code).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).status),
    ).toEqual(['ok', 'ok']);
    for (const { password } of real().devices.slice(1)) expect(stdout + stderr).not.toContain(password);
  });
});

async function rollcall(
  args: readonly string[],
  input = '',
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args], {
    cwd: folder,
    stdio: 'pipe',
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((settle) => child.once('close', settle));
  return { code, stdout, stderr };
}
