import { connect, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { temporaryLab } from '../lab/clients.js';
import { failure } from './failure.ts';

const hostKeys = { policy: 'off' } as const;

async function opened(platform: string, variant?: string) {
  const stage = await temporaryLab({ devices: [{ platform, ...(variant === undefined ? {} : { variant }) }] } as never);
  const { host, port, username, password, secret } = stage.first;
  const target = {
    ...{ host, port, username, platform },
    ...{ password: new Secret(password), secret: new Secret(secret) },
  };
  return { stage, target };
}

test('a banner that must be acknowledged before the password is, with nobody there to ask (lab)', async () => {
  const { stage, target } = await opened('paloalto_panos', 'banner to acknowledge');
  await using _ = stage;
  await using session = await connect(target, { hostKeys });
  expect(session.mode).toBe('exec');
  expect(stage.lab.counters).toMatchObject({ logins: 1, refusedLogins: 0 });
});

test('what is asked beyond that goes to whoever answers (lab)', async () => {
  const { stage, target } = await opened('paloalto_panos', 'banner to acknowledge');
  await using _ = stage;
  const asked: string[] = [];
  const ask = async ({ prompt }: { prompt: string }): Promise<string> => {
    asked.push(prompt);
    return 'no';
  };
  const error = await failure(connect({ ...target, password: new Secret('wrong') }, { hostKeys, ask }));
  expect(error.code).toBe('authentication');
  expect(asked.filter((prompt) => /acknowledge/.test(prompt))).toEqual([]);
});

test('a device that takes terminal settings behind the user name gets them, and once (lab)', async () => {
  const { stage, target } = await opened('mikrotik_routeros');
  await using _ = stage;
  for (const username of [target.username, `${target.username}+ct511w4098h`]) {
    await using session = await connect({ ...target, username }, { hostKeys });
    expect((await session.sendCommand('/system identity print')).prompt).toContain(`[${target.username}@`);
  }
});

test('a device that asks for name and password again inside the shell is answered (lab)', async () => {
  const { stage, target } = await opened('cisco_wlc');
  await using _ = stage;
  await using session = await connect(target, { hostKeys });
  expect(session.mode).toBe('exec');
  const error = await failure(connect({ ...target, password: new Secret('wrong') }, { hostKeys }));
  expect(error).toMatchObject({ name: 'AuthenticationError', code: 'authentication' });
});
