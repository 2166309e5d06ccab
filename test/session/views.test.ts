import { describe, expect, test } from 'vitest';
import { loadPlatform } from '#dist/platforms/index.js';
import { inEverySplit, openSession, type Reply } from './scripted-device.ts';

/** Views whose names stand behind the host name, which may hold the same mark. */
const TALKS: readonly (readonly [string, string, readonly Reply[]])[] = [
  [
    'huawei_vrp',
    '<dc-1-leaf>',
    [
      { to: 'system-view\r', says: 'system-view\r\n[dc-1-leaf]' },
      { to: 'interface 10GE1/0/1\r', says: 'interface 10GE1/0/1\r\n[dc-1-leaf-10GE1/0/1]' },
      { to: 'display this\r', says: 'display this\r\n#\r\n[dc-1]\r\n#\r\n[dc-1-leaf-10GE1/0/1]' },
      { to: 'sysname dc-2\r', says: 'sysname dc-2\r\n[dc-2-10GE1/0/1]' },
      { to: 'return\r', says: 'return\r\n<dc-2>' },
    ],
  ],
  [
    'hp_comware',
    'RBM_P<sw-1>',
    [
      { to: 'system-view\r', says: 'system-view\r\nRBM_P[sw-1]' },
      { to: 'acl advanced 3000\r', says: 'acl advanced 3000\r\nRBM_S[sw-1-acl-ipv4-adv-3000]' },
      { to: 'quit\r', says: 'quit\r\nRBM_S[sw-1]' },
    ],
  ],
];

describe.each(TALKS)('%s', (name, greeting, replies) => {
  test('takes a view behind the name for this device, and another name for none', async () => {
    const platform = { ...loadPlatform(name), prepare: [] };
    await inEverySplit(greeting, replies, async (device) => {
      const session = await openSession(device, { platform });
      for (const { to } of replies) expect((await session.sendCommand(to.trimEnd())).endedBy).toBe('prompt');
    });
  });
});

test('a line of the answer that begins like the name, with something else behind it, is no prompt', async () => {
  const platform = { ...loadPlatform('huawei_vrp'), prepare: [] };
  const replies: Reply[] = [
    { to: 'system-view\r', says: 'system-view\r\n[sw1]' },
    { to: 'display this\r', says: 'display this\r\n[sw11-aaa]\r\n[sw1_x]\r\n[sw1-aaa]' },
  ];
  await inEverySplit('<sw1>', replies, async (device) => {
    const session = await openSession(device, { platform });
    await session.sendCommand('system-view');
    expect((await session.sendCommand('display this')).output).toBe('[sw11-aaa]\n[sw1_x]');
  });
});
