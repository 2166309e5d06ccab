import { run, Secret, sendCommands } from 'rollcall';
import { startLab } from 'rollcall/lab';
import { afterAll, expect, test } from 'vitest';
import { failure } from '../session/failure.ts';
import { openSession, ScriptedDevice } from '../session/scripted-device.ts';

const lab = await startLab({ devices: [{ name: 'R1', transport: 'telnet' }] });
afterAll(() => lab.close());

function target() {
  const [first] = lab.devices;
  if (first === undefined) throw new Error('no device');
  const { host, port, username, password, secret } = first;
  return {
    ...{ name: 'R1', host, port, username, platform: 'cisco_ios', transport: 'telnet' as const },
    ...{ password: new Secret(password), secret: new Secret(secret) },
  };
}

test('the error for a refused command shows no community', async () => {
  const refused = await run(sendCommands, [target()], { input: { commands: ['snmp-server community hushhush RO'] } });
  const [result] = refused.results;
  expect(result).toMatchObject({ status: 'rejected' });
  expect(result?.error?.message).toContain("the device refused 'snmp-server community [secret] RO'");
  expect(JSON.stringify(result?.error)).not.toContain('hushhush');
});

test('what came last in an answer that never ended shows no key of the configuration', async () => {
  const says = 'show run\r\nsnmp-server community hushhush RO\r\nradius-server key 7 hush0hush\r\n';
  const session = await openSession(new ScriptedDevice('R1#', [{ to: 'show run\r', says }]), { idleMs: 100 });
  const error = await failure(session.sendCommand('show run'));
  expect(error.code).toBe('idle_timeout');
  expect(JSON.stringify(error.details)).toContain('snmp-server community [secret] RO');
  expect(`${error.message} ${JSON.stringify(error.details)}`).not.toMatch(/hushhush|hush0hush/);
});
