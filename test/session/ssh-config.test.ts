// A user name that only ssh_config knows is a session's user name like any other.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, startLab } from 'rollcall/lab';
import { connect, Secret } from 'rollcall/session';
import { afterAll, beforeAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'rollcall-session-ssh-config-'));
const configFile = join(folder, 'config');
let lab: Lab;

beforeAll(async () => {
  const devices = [{ platform: 'mikrotik_routeros' as const }, { platform: 'cisco_ios' as const }];
  lab = await startLab({ devices, stateDirectory: join(folder, 'lab') });
  const hosts = lab.devices.map(({ host, port, username, platform }) => [
    `Host my-${platform}`,
    `HostName ${host}`,
    `Port ${port}`,
    `User ${username}`,
  ]);
  writeFileSync(configFile, `${hosts.flat().join('\n')}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await lab[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test.each(['mikrotik_routeros', 'cisco_ios'])('%s, with what the platform wants behind the name', async (platform) => {
  const device = lab.devices.find((one) => one.platform === platform);
  const target = {
    host: `my-${platform}`,
    platform,
    password: new Secret(device?.password ?? ''),
    ssh: { configFile },
  };
  await using session = await connect(target, { hostKeys: { policy: 'off' } });
  expect(session.findPrompt()).toContain(session.hostname);
  expect(session.target.username).toBe(device?.username);
  expect(session.attempts).toEqual([{ username: device?.username, outcome: 'accepted' }]);
});
