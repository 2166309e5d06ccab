import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, openTerminal, Secret } from 'rollcall/session';
import { expect, test } from 'vitest';
import { ownSurroundings } from '../transport/surroundings.ts';
import { realDevicesOrSkip } from './use.ts';

const real = realDevicesOrSkip();
ownSurroundings();

test('the banner of a server was shown to nobody', async () => {
  const notice = 'Authorised users only.\nAll is logged.\n';
  const file = join(real().folder, 'banner.txt');
  writeFileSync(file, notice);
  const { host, port, username, password } = await real().sshdWith('banner', [`Banner ${file}`]);
  const target = { host, port, username, password: new Secret(password), platform: 'linux' };
  const hostKeys = { policy: 'off' } as const;
  await using session = await connect(target, { hostKeys });
  expect(session.banner?.replaceAll('\r', '')).toBe(notice);
  let screen = '';
  const onData = (bytes: Uint8Array): void => {
    screen += Buffer.from(bytes).toString();
  };
  const terminal = await openTerminal(target, { hostKeys, columns: 80, rows: 24, type: 'vt100', onData });
  await terminal.close();
  expect(screen.replaceAll('\r', '').startsWith(notice)).toBe(true);
});
