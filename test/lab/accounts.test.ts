import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from 'rollcall';
import { type SimulatedDevice, startLab } from 'rollcall/lab';
import { connect } from 'rollcall/session';
import { afterAll, expect, test } from 'vitest';

const stateDirectory = mkdtempSync(join(tmpdir(), 'rollcall-accounts-'));
afterAll(() => rmSync(stateDirectory, { recursive: true, force: true }));

async function logIn(device: SimulatedDevice | undefined, password: string): Promise<string> {
  if (device === undefined) throw new Error('no device');
  const transport = device.platform.endsWith('_telnet') ? 'telnet' : 'ssh';
  const platform = device.platform.replace(/_telnet$/, '');
  const target = { ...device, platform, transport, password: new Secret(password), secret: undefined } as const;
  try {
    await using session = await connect(target, { hostKeys: { policy: 'off' } });
    return session.platform;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

test('the account of all devices locks after so many refused logins in a row, over ssh and telnet', async () => {
  const transports = ['ssh', 'telnet', 'ssh'] as const;
  const devices = transports.map((transport) => ({ transport }));
  await using lab = await startLab({ devices, lockAfter: 3, stateDirectory });
  const [one, two, three] = lab.devices;
  expect(await logIn(one, 'wrong')).toBe('authentication');
  expect(await logIn(two, 'wrong')).toBe('authentication');
  expect(lab.locked).toEqual([]);
  // A success between them begins a new row.
  expect(await logIn(three, 'cisco')).toBe('cisco_ios');
  for (const device of [one, two, three]) expect(await logIn(device, 'wrong')).toBe('authentication');
  expect(lab.locked).toEqual(['cisco']);
  for (const device of [one, two]) expect(await logIn(device, 'cisco')).toBe('authentication');
  expect(lab.logins.map(({ device, outcome }) => `${device} ${outcome}`)).toEqual([
    ...['R1 refused', 'R2 refused', 'R3 accepted', 'R1 refused', 'R2 refused', 'R3 refused'],
    ...['R1 locked', 'R2 locked'],
  ]);
  expect(lab.counters).toMatchObject({ logins: 1, refusedLogins: 7 });
});

test('a lab with other platforms locks as well', async () => {
  const devices = [{ platform: 'juniper_junos' }, { platform: 'huawei_vrp_telnet' }, { platform: 'arista_eos' }];
  await using lab = await startLab({ devices, lockAfter: 2, stateDirectory });
  for (const device of lab.devices.slice(0, 2)) expect(await logIn(device, 'wrong')).toBe('authentication');
  expect(await logIn(lab.devices[2], 'cisco')).toBe('authentication');
  expect(lab.locked).toEqual(['cisco']);
});

test('without lockAfter nothing locks', async () => {
  await using lab = await startLab({ devices: 1, stateDirectory });
  for (let count = 0; count < 5; count++) expect(await logIn(lab.devices[0], 'wrong')).toBe('authentication');
  expect(await logIn(lab.devices[0], 'cisco')).toBe('cisco_ios');
});

test.each([0, -1, 1.5, 'three'])('lockAfter %s is no number of logins', async (lockAfter) => {
  await expect(startLab({ devices: 1, lockAfter: lockAfter as number, stateDirectory })).rejects.toMatchObject({
    code: 'bad_option',
    message: expect.stringContaining('lockAfter must be a whole number'),
  });
});
