import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
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
  threads: () => new ThreadPoolExecutor({ maxWorkers: 1 }),
  processes: () => new ProcessPoolExecutor({ maxWorkers: 1 }),
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
  const device = { ...at, name: 'R1', password: new Secret('sesame'), ssh: { keyFile } };
  await using executor = (KINDS[kind] as () => Executor)();
  const input = { commands: ['show clock'], session: { hostKeys: { policy: 'off' as const } } };
  const { results } = await run(sendCommands, [device, { ...device, name: 'R2' }], { input, executor, ask });
  expect(results.map(({ status, error }) => error?.message ?? status)).toEqual(['ok', 'ok']);
  const asked = ask.mock.calls.map(([question]) => (question as { prompt: string }).prompt).sort();
  expect(asked).toEqual(['One-time code:', 'One-time code:', `Passphrase of the key file ${keyFile}:`]);
});
