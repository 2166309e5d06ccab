import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { until } from './gate.ts';

const program = fileURLToPath(new URL('./programs/all.mjs', import.meta.url));

interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly flags?: string[];
  readonly args?: string[];
  /** Called with what was printed so far and the process id. */
  readonly onOutput?: (stdout: string, pid: number) => void;
}

function run(name: string, kind = '', { flags = [], args = [], onOutput }: RunOptions = {}): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [...flags, program, name, kind, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      onOutput?.(stdout, child.pid as number);
    });
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe.each(['loop', 'threads', 'processes'])('a program with an executor over %s', (kind) => {
  test('does not end before its work is done, and ends by itself without shutdown', async () => {
    expect(await run('finishes', kind)).toEqual({ code: 0, stdout: 'finished\n', stderr: '' });
  });

  test('is not warned when many calls share a signal', async () => {
    expect(await run('sharedSignal', kind)).toEqual({ code: 0, stdout: '50\n', stderr: '' });
  });

  test('is not told of a failed future that nobody awaits', async () => {
    expect(await run('silent', kind)).toEqual({ code: 0, stdout: 'true\n', stderr: '' });
  });

  test('shows all that a task prints', async () => {
    const { code, stdout } = await run('prints', kind);
    expect(stdout.split('\n')).toHaveLength(501);
    expect(code).toBe(0);
  });

  test('has the name of the worker in the log lines of its calls, and in no others', async () => {
    const { code, stderr } = await run('logs', kind);
    const lines = stderr.split('\n').filter((line) => line.includes('a done callback of'));
    expect(lines.map((line) => line.replace(/ <Future .*$/, '')).sort()).toEqual([
      'Poll_0: a done callback of',
      'a done callback of',
    ]);
    expect(code).toBe(0);
  });

  test('knows the classes of error that the module of the task exports, and those that it names', async () => {
    expect(await run('classes', kind)).toEqual({ code: 0, stdout: 'true 7 odd\ntrue own\n', stderr: '' });
  });

  test('stops with the text of an error that it does not handle, and the stack of the worker', async () => {
    const { code, stderr } = await run('raises', kind);
    expect(code).toBe(1);
    expect(stderr).toContain('TypeError: Authentication failure');
    expect(stderr).toContain('basic.mjs');
  });

  test('has function, arguments and result of a finished call collected', async () => {
    const { stdout } = await run('collects', kind, { flags: ['--expose-gc'] });
    expect(stdout).toBe('true true\n');
  });

  test('has the work of an executor done that it dropped, and the workers go then', async () => {
    const { code, stdout } = await run('dropped', kind, { flags: ['--expose-gc'] });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'finished true\n' });
  });
});

describe.each(['threads', 'processes'])('a program with %s', (kind) => {
  test('gets a TypeScript task run, or on a Node that cannot an error that says what to do', async () => {
    const { stdout } = await run('typescript', kind);
    if ((process.features as { typescript?: unknown }).typescript) expect(stdout).toBe('typed\n');
    else expect(stdout).toMatch(/^Node 2\d.* cannot run the TypeScript task file .*typed\.ts: compile it/);
  });

  test.each(['shutdown', 'no shutdown'])(
    'loses no work that a task gave to an executor of its own (%s)',
    async (how) => {
      const { code, stdout } = await run('nested', kind, { args: [how] });
      expect(stdout.split('\n').sort()).toEqual(['', 'loop', 'processes', 'thread', 'threads']);
      expect(code).toBe(0);
    },
  );

  test('hears that a worker has no memory left', async () => {
    const { stdout } = await run('outOfMemory', kind, { flags: ['--max-old-space-size=64'] });
    if (kind === 'threads') expect(stdout).toBe('BrokenThreadPoolError ERR_WORKER_OUT_OF_MEMORY\n');
    else expect(stdout).toMatch(/^BrokenProcessPoolError ProcessPoolExecutor-0_0 terminated abruptly/);
  });

  test('decides about Ctrl-C itself: its workers ignore it', async () => {
    const { code, stdout } = await run('interrupted', kind);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'parent heard\nwork done\n' });
  });
});

test('Ctrl-C before a worker process can ignore it costs no call', async () => {
  expect(await run('interruptedEarly')).toEqual({ code: 0, stdout: '3 SIGINT\n', stderr: '' });
});

test('worker processes end when their parent is killed', async () => {
  let pids: number[] = [];
  const { code } = await run('orphans', '', {
    onOutput: (stdout, pid) => {
      if (!stdout.endsWith('\n')) return;
      pids = JSON.parse(stdout);
      process.kill(pid, 'SIGKILL');
    },
  });
  expect(code).toBeNull();
  expect(pids.length).toBeGreaterThan(0);
  await until(() => !pids.some(alive));
});

test('a worker process that is too busy to notice ends with its parent', async () => {
  const { code, stdout } = await run('busyAtExit');
  expect(code).toBe(0);
  const pids = JSON.parse(stdout) as number[];
  await until(() => !pids.some(alive));
});

test('daemons do not hold the program, other threads do', async () => {
  expect(await run('daemons')).toEqual({ code: 0, stdout: 'thread done\n', stderr: '' });
});
