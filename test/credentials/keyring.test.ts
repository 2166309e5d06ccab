import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { credentialSource } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { loadKeyring } from '#dist/credentials/keyring/load.js';
import { main } from '../cli/cli.ts';
import { needOrSkip } from '../real/needs.ts';
import { failure } from '../session/failure.ts';
import { ownFolder } from './surroundings.ts';

const folder = ownFolder();
const env = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  XDG_DATA_HOME: join(folder, 'data'),
  XDG_RUNTIME_DIR: folder,
  XDG_STATE_HOME: folder,
  DBUS_SESSION_BUS_ADDRESS: undefined,
});

test('a keyring that is not installed, or not for this system, is told with what to do', async () => {
  const missing = Object.assign(new Error("Cannot find package '@napi-rs/keyring'"), { code: 'ERR_MODULE_NOT_FOUND' });
  const error = await failure(loadKeyring(() => Promise.reject(missing)));
  expect(error).toMatchObject({
    code: 'credential',
    message: expect.stringMatching(/npm install @napi-rs\/keyring@2 \(it is not installed\)$/),
  });
  const broken = await failure(loadKeyring(() => Promise.reject(new Error('no binary for this system'))));
  expect(broken.message).toMatch(/\(it cannot be loaded: no binary for this system\)$/);
});

test.skipIf(process.platform !== 'linux')(
  'a machine without a desktop has no keyring, and the error says what else there is',
  async () => {
    const bus = process.env.DBUS_SESSION_BUS_ADDRESS;
    process.env.DBUS_SESSION_BUS_ADDRESS = `unix:path=${join(folder, 'no-bus')}`;
    try {
      const reference = { keyring: { service: 'rollcall', account: 'admin' } };
      const error = await failure(credentialSource().resolve(reference, { host: '192.0.2.1' }));
      expect(error).toMatchObject({
        code: 'credential',
        message: expect.stringMatching(
          /^\{ keyring: rollcall\/admin \}: this session has no keyring that answers .*; on a machine without a desktop use/,
        ),
      });
    } finally {
      if (bus === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS;
      else process.env.DBUS_SESSION_BUS_ADDRESS = bus;
    }
  },
);

describe('with a real keyring', () => {
  needOrSkip('keyring');

  /** Runs lines of sh in a session with a keyring that is unlocked, which ends with its bus. */
  const inSession = (script: string) => {
    mkdirSync(join(folder, 'data', 'keyrings'), { recursive: true });
    const unlock = 'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1';
    return spawnSync('dbus-run-session', ['--', 'sh', '-c', `${unlock}; ${script}`], {
      env: env(),
      encoding: 'utf8',
      timeout: 60_000,
    });
  };

  test('a secret is put there, referred to, found and deleted', () => {
    const node = `${process.execPath} ${main}`;
    writeFileSync(
      join(folder, 'get.mjs'),
      `import { credentialSource } from ${JSON.stringify(pathToFileURL(join(dirname(main), '..', 'session', 'index.js')).href)};
       const get = (account) => credentialSource().resolve({ keyring: { service: 'rollcall', account } }, { host: 'r1' });
       console.log((await get('net admin')).reveal());
       await get('nobody').catch((error) => console.log(error.code, error.message));`,
    );
    const { stdout, stderr, status } = inSession(
      [
        `printf 'pa55 wörd\\n' | ${node} secret set 'net admin'`,
        `printf other | ${node} secret set admin --service site`,
        `${process.execPath} ${join(folder, 'get.mjs')}`,
        `${node} secret delete 'net admin'`,
        `${node} secret delete admin --service site`,
        `${node} secret delete 'net admin'; test $? = 1`,
      ].join(' && '),
    );
    expect([status, stdout]).toEqual([
      0,
      [
        '{ keyring: "net admin" }',
        '{ keyring: { service: site, account: admin } }',
        'pa55 wörd',
        'credential { keyring: rollcall/nobody }: the keyring has no such entry; make it with: rollcall secret set nobody',
        '',
      ].join('\n'),
    ]);
    expect(stderr).toContain("rollcall: the keyring has no entry 'net admin' of the service 'rollcall'\n");
  });
});
