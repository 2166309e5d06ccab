import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { startLab } from 'rollcall/lab';
import { expect, test, vi } from 'vitest';
import { Secret } from '#dist/base/index.js';
import { run, sendCommands } from '#dist/runner/index.js';
import { serveSsh, utils } from '../transport/ssh-server.ts';
import { ownSurroundings } from '../transport/surroundings.ts';

const places = ownSurroundings();

/** A command line that echoes, and has nothing to say. */
function serveShell(stream: NodeJS.ReadWriteStream): void {
  stream.write('R1#');
  stream.on('data', (bytes: Buffer) => stream.write(`${bytes.toString().replace(/[\r\n]+/g, '\r\nR1#')}`));
}

const KINDS: Record<string, () => Executor> = {
  'the event loop': () => new EventLoopExecutor({ maxWorkers: 2 }),
  threads: () => new ThreadPoolExecutor({ maxWorkers: 2 }),
  processes: () => new ProcessPoolExecutor({ maxWorkers: 2 }),
};

test.each(Object.keys(KINDS))('one-time codes and a passphrase are asked of the user, in %s', async (kind) => {
  const pair = utils.generateKeyPairSync('ecdsa', {
    ...{ bits: 256, passphrase: 'open sesame', cipher: 'aes256-ctr', rounds: 2 },
  });
  const keyFile = join(places.folder, `key-${Object.keys(KINDS).indexOf(kind)}`);
  writeFileSync(keyFile, pair.private, { mode: 0o600 });
  const password = { prompt: 'Password: ', echo: false, answer: 'sesame' };
  const code = { prompt: 'One-time code: ', echo: true, answer: '123456' };
  await using server = await serveSsh({
    ...{ methods: ['keyboard-interactive'], questions: [[password], [code]], onShell: serveShell },
  });
  const ask = vi.fn(async (question: unknown) =>
    (question as { prompt: string }).prompt.startsWith('One-time') ? '123456' : 'open sesame',
  );
  const at = { host: '127.0.0.1', port: server.port, platform: 'cisco_ios', username: 'cisco' };
  const device = { ...at, password: new Secret('sesame'), ssh: { keyFile } };
  await using executor = (KINDS[kind] as () => Executor)();
  const input = { commands: ['show clock'], session: { hostKeys: { policy: 'off' as const } } };
  const devices = ['R1', 'R2', 'R3', 'R4'].map((name) => ({ ...device, name }));
  const { results } = await run(sendCommands, devices, { input, executor, ask });
  expect(results.map(({ status, error }) => error?.message ?? status)).toEqual(['ok', 'ok', 'ok', 'ok']);
  const asked = ask.mock.calls.map(([question]) => (question as { prompt: string }).prompt).sort();
  // A code is for one login, a passphrase for all of them, also where each worker asks for itself.
  expect(asked).toEqual([
    ...Array.from({ length: 4 }, () => 'One-time code:'),
    `Passphrase of the key file ${keyFile}:`,
  ]);
});

test.each(Object.keys(KINDS))('several credentials are tried in a run, and counted, in %s (lab)', async (kind) => {
  await using lab = await startLab({ devices: [{ username: 'local' }], stateDirectory: join(places.folder, 'lab') });
  const [at] = lab.devices;
  if (at === undefined) throw new Error('no device');
  const central = { username: 'ann', password: new Secret('central') };
  const { host, port, name } = at;
  const credentials = [{ username: 'local', password: new Secret('cisco') }];
  const device = { ...central, ...{ name, host, port, platform: 'cisco_ios', credentials } };
  await using executor = (KINDS[kind] as () => Executor)();
  const input = { commands: ['show clock'], session: { hostKeys: { policy: 'off' as const } } };
  const { results } = await run(sendCommands, [device], { input, executor });
  expect(results).toMatchObject([{ status: 'ok', attempts: 1, value: { logins: 2 } }]);
});
