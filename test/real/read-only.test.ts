import { connect, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { realDevicesOrSkip } from './use.ts';

const real = realDevicesOrSkip();

test.each(['zebra', 'vtysh'] as const)(
  'FRRouting (%s): harmless commands are answered, and the others never sent',
  async (name) => {
    const { password, secret, ...device } = real().device(name);
    const hidden = { password: new Secret(password ?? ''), ...(secret ? { secret: new Secret(secret) } : {}) };
    await using session = await connect({ ...device, ...hidden }, { hostKeys: { policy: 'off' }, readOnly: true });
    for (const command of ['show version', 'sh ip route', 'show running-config']) {
      expect(await session.sendCommand(command)).toMatchObject({ ok: true });
    }
    await expect(session.sendCommand('write memory')).rejects.toMatchObject({ code: 'read_only' });
    await expect(session.sendConfig(['hostname never'])).rejects.toMatchObject({ code: 'read_only' });
    expect(await session.sendCommand('show running-config')).not.toMatchObject({
      output: expect.stringContaining('hostname never'),
    });
  },
);
