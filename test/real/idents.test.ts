import { expect, test } from 'vitest';
import { Deadline, Secret } from '#dist/base/index.js';
import { openConnection } from '#dist/transport/index.js';
import { realDevicesOrSkip } from './use.ts';

const real = realDevicesOrSkip();

test.each([
  ['shell', /^OpenSSH_\d/],
  ['dropbear', /^dropbear_\d/],
] as const)('the server of %s names its software', async (kind, software) => {
  const { host, port, username, password } = real().device(kind);
  const connection = await openConnection(
    { host, port, username, password: new Secret(password) },
    { deadline: Deadline.after(20_000), hostKeys: { policy: 'off' } },
  );
  expect(connection.facts.serverSoftware).toMatch(software);
  await connection.close();
});
