import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'rollcall/session';
import { describe, expect, test, vi } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { openConnection } from '#dist/transport/index.js';
import { failure } from '../session/failure.ts';
import { ownSurroundings } from './surroundings.ts';

const { folder } = ownSurroundings();
const posix = describe.skipIf(process.platform === 'win32');

const bash = { host: 'here', transport: 'process', platform: 'linux', command: ['bash', '--norc'] } as const;
const isAlive = (pid: number): boolean =>
  spawnSync('ps', ['-o', 'stat=', '-p', String(pid)])
    .stdout.toString()
    .match(/^[^Z]/) !== null;

async function gone(pid: number): Promise<void> {
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 10 });
}

posix('a program of this machine', () => {
  test('is a session like one over SSH, in a terminal of the size that its platform wants', async () => {
    await using session = await connect(bash);
    expect((await session.sendCommand('stty size')).output).toBe('24 511');
    expect((await session.sendCommand('echo "$TERM"')).output).toBe('dumb');
    expect((await session.sendCommand('tty')).output).toMatch(/^\/dev\//);
    // What it says on standard error is shown where a terminal shows it: between the rest.
    const mixed = await session.sendCommand('echo out; echo err >&2; echo out again');
    expect(mixed.output).toBe('out\nerr\nout again');
    const { output } = await session.sendCommand('seq 1 20000');
    expect(output.split('\n')).toHaveLength(20_000);
  });

  test('gets its arguments as they are: no shell takes them apart', async () => {
    const words = ['a b', '$HOME', "it's", '`id`', '"q"', '*', '; echo no', '\\', '', 'new\nline', '-x'];
    const print =
      'const w = JSON.stringify(process.argv.slice(1)); process.stdin.on("data", () => process.exit()); process.stdout.write(w + "\\r\\nready> ")';
    const command = [process.execPath, '-e', print, '--', ...words];
    const connection = await openConnection(
      { host: 'here', transport: 'process', command },
      { deadline: Deadline.after(10_000) },
    );
    const shell = await connection.openShell({
      columns: 511,
      rows: 24,
      terminal: 'dumb',
      deadline: Deadline.after(10_000),
    });
    let said = '';
    shell.onData((bytes) => {
      said += Buffer.from(bytes);
    });
    await vi.waitFor(() => expect(said).toContain('ready> '), { timeout: 10_000, interval: 10 });
    expect(JSON.parse(said.slice(0, said.indexOf('\r\n')))).toEqual(words);
    await connection.close();
  });

  test('works for a program with a prompt of its own', async () => {
    await using session = await connect({ ...bash, platform: 'generic', command: ['python3', '-i', '-q'] });
    expect((await session.sendCommand('6 * 7')).output).toBe('42');
  });

  test('that is not there is an error that names it', async () => {
    for (const program of ['no-such-program', join(folder, 'none'), folder]) {
      const error = await failure(connect({ ...bash, command: [program] }));
      expect(error).toMatchObject({ name: 'UnreachableError', code: 'unreachable', phase: 'connect' });
      expect(error.message).toContain(`there is no program '${program}' on this machine`);
    }
  });

  test('that finds no file to open for its pipes is an error of that device, and ends nothing else', () => {
    const program = `
      import { openSync } from 'node:fs';
      const { connect } = await import('rollcall/session');
      await connect(${JSON.stringify({ ...bash, command: ['nosuch-program'] })}).catch(() => {});
      try { for (;;) openSync('/dev/null'); } catch {}
      const error = await connect(${JSON.stringify(bash)}).catch((error) => error);
      process.stdout.write(error.code);`;
    const args = ['-c', 'ulimit -n 512; exec "$@"', 'bash', process.execPath, '--input-type=module', '-e', program];
    const { stdout, stderr } = spawnSync('bash', args, { encoding: 'utf8' });
    expect([stdout, stderr]).toEqual(['too_many_files', '']);
  });

  test('that ends before its prompt leaves its exit code and its last words', async () => {
    const command = ['sh', '-c', 'echo "no such container: web7" >&2; exit 3'];
    const error = await failure(connect({ ...bash, command }));
    expect(error).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
    expect(error.message).toMatch(
      /before the first prompt of the device came: the program 'sh' ended with exit code 3; last heard: "no such container: web7\\n"$/,
    );
  });

  test.each([[undefined], [[]], [['']], ['bash'], [['bash', 7]], [['bash', 'a\0b']]])(
    'needs its command: %j',
    async (command) => {
      const error = await failure(connect({ ...bash, command: command as unknown as string[] }));
      expect(error.message).toContain("the transport 'process' needs command: a list of texts");
    },
  );

  test('is over when its session is closed', async () => {
    const session = await connect(bash);
    const pid = Number((await session.sendCommand('echo $$')).output);
    expect(isAlive(pid)).toBe(true);
    await session.close();
    await gone(pid);
  });

  test('that does not care for exit nor for the end of its input is hung up on', async () => {
    const file = join(folder, 'hung-up');
    const script = `trap "echo hup > '${file}'; exit" HUP; echo $$; printf 'stubborn> '; while :; do read -r x || sleep 0.1; printf 'stubborn> '; done`;
    const session = await connect({ ...bash, platform: 'generic', command: ['bash', '-c', script] });
    await session.close();
    await vi.waitFor(() => expect(existsSync(file)).toBe(true), { timeout: 10_000, interval: 10 });
    await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toBe('hup\n'), { timeout: 5_000, interval: 10 });
  });

  test('that does not care for a hangup either is killed', async () => {
    const script = `trap '' HUP TERM; printf '%s\\nimmortal> ' $$; while :; do read -r x || sleep 0.1; done`;
    const session = await connect({ ...bash, platform: 'generic', command: ['bash', '-c', script] });
    const { output } = await session.sendCommandTiming('', { quietMs: 50 });
    expect(output).toBe('');
    const pids = spawnSync('pgrep', ['-f', '^bash -c .*immortal']).stdout.toString().trim().split('\n').map(Number);
    expect(pids).toHaveLength(1);
    await session.close();
    for (const pid of pids) await gone(pid);
  });

  test('is over when the process that talks to it is killed', async () => {
    const text = `
      import { connect } from 'rollcall/session';
      const session = await connect(${JSON.stringify(bash)});
      console.log((await session.sendCommand('echo $$')).output);
      setInterval(() => {}, 1000);`;
    const root = join(import.meta.dirname, '..', '..');
    const child = spawn(process.execPath, ['--input-type=module', '-e', text], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => child.stdout.once('data', (bytes) => resolve(Number(bytes))));
    expect(isAlive(pid)).toBe(true);
    child.kill('SIGKILL');
    await gone(pid);
  });
});
