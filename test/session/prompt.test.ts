import { describe, expect, test } from 'vitest';
import type { Platform } from '#dist/platforms/index.js';
import { exosLike, junosLike, srLinuxLike, vrpLike, wlcLike, xrLike } from './own-platforms.ts';
import { inEverySplit, openSession, type Reply } from './scripted-device.ts';

interface Told {
  readonly platform: Platform;
  readonly greeting: string;
  readonly replies: readonly (Reply & { readonly output: string; readonly mode?: string })[];
  readonly host?: string;
}

/** Sends what the replies are to, however the bytes are cut, and expects their outputs and modes. */
async function expectAnswers({ platform, greeting, replies, host }: Told): Promise<void> {
  await inEverySplit(greeting, replies, async (device) => {
    const session = await openSession(device, { platform });
    for (const { to, output, mode } of replies) {
      const answer = await session.sendCommand(to.trimEnd());
      expect([answer.output, answer.ok, answer.endedBy]).toEqual([output, true, 'prompt']);
      if (mode !== undefined) expect(session.mode).toBe(mode);
    }
    if (host !== undefined) expect(session.hostname).toBe(host);
  });
}

describe.concurrent('a prompt of two lines', () => {
  const op = '\r\n{master:0}\r\nops@mx-1> ';
  const edit = '\r\n[edit]\r\nops@mx-1# ';

  test('leaves neither the line above nor the empty one before it in the answer', async () => {
    await expectAnswers({
      platform: junosLike,
      greeting: `--- JUNOS ---\r\n${op.slice(2)}`,
      replies: [
        {
          to: 'show version\r',
          says: `show version\r\nHostname: mx-1\r\n${op}`,
          output: 'Hostname: mx-1',
          mode: 'exec',
        },
        { to: 'show nothing\r', says: `show nothing\r\n${op}`, output: '' },
        {
          to: 'configure\r',
          says: `configure\r\nEntering configuration mode\r\n${edit}`,
          output: 'Entering configuration mode',
          mode: 'config',
        },
        {
          to: 'show system\r',
          says: `show system\r\nhost-name mx-1;\r\n## warning\r\n\r\n${edit}`,
          output: 'host-name mx-1;\n## warning\n',
        },
        { to: 'edit system\r', says: `edit system\r\n${edit.replace('edit', 'edit system')}`, output: '' },
        {
          to: 'exit configuration-mode\r',
          says: `exit configuration-mode\r\nExiting configuration mode\r\n${op}`,
          output: 'Exiting configuration mode',
          mode: 'exec',
        },
      ],
    });
  });

  test('that is sometimes one line is one where the line above says something else', async () => {
    await expectAnswers({
      platform: junosLike,
      greeting: 'ops@mx-1> ',
      replies: [{ to: 'show cli\r', says: 'show cli\r\n{ not this }\r\nops@mx-1> ', output: '{ not this }' }],
    });
  });

  test('is no prompt in a mode where that line always stands, when it does not', async () => {
    await expectAnswers({
      platform: junosLike,
      greeting: `${edit.slice(2)}`,
      replies: [
        { to: 'run file show x\r', says: `run file show x\r\nops@mx-1#\r\nlast\r\n${edit}`, output: 'ops@mx-1#\nlast' },
      ],
    });
  });

  test('tells its mode by the line above alone', async () => {
    const running = '--{ running }--[  ]--\r\nA:leaf-1# ';
    const candidate = '--{ * candidate shared default }--[ interface mgmt0 ]--\r\nA:leaf-1# ';
    await expectAnswers({
      platform: srLinuxLike,
      greeting: `Welcome\r\n${running}`,
      replies: [
        { to: 'show version\r', says: `show version\r\nv25\r\n${running}`, output: 'v25', mode: 'exec' },
        { to: 'enter candidate\r', says: `enter candidate\r\n\r\n${candidate}`, output: '', mode: 'config' },
        {
          to: 'info\r',
          says: `info\r\nadmin-state enable\r\n${candidate}`,
          output: 'admin-state enable',
          mode: 'config',
        },
        {
          to: 'discard now\r',
          says: `discard now\r\nAll changes have been discarded.\r\n${running}`,
          output: 'All changes have been discarded.',
          mode: 'exec',
        },
      ],
    });
  });
});

describe.concurrent('a prompt', () => {
  test('of a root shell has another user, and the same name', async () => {
    const shell = 'root@mx-1:~ # ';
    await expectAnswers({
      platform: junosLike,
      greeting: 'ops@mx-1> ',
      replies: [
        { to: 'start shell\r', says: `start shell\r\n${shell}`, output: '', mode: 'root-shell' },
        {
          to: 'id\r',
          says: `id\r\nops@mx-1:~ #\r\nuid=0\r\n${shell}`,
          output: 'ops@mx-1:~ #\nuid=0',
          mode: 'root-shell',
        },
        { to: 'exit\r', says: 'exit\r\nops@mx-1> ', output: '', mode: 'exec' },
      ],
    });
  });

  test('without a name is known in each mode by the text that was first seen there', async () => {
    const [rest, config] = ['(Cisco Controller) >', '(Cisco Controller) config>'];
    await expectAnswers({
      platform: wlcLike,
      greeting: rest,
      replies: [
        { to: 'show time\r', says: `show time\r\n(Other) >\r\nnoon\r\n${rest}`, output: '(Other) >\nnoon' },
        { to: 'config\r', says: `config\r\n${config}`, output: '', mode: 'config' },
        { to: 'sysname a\r', says: `sysname a\r\n(Other) config>\r\n${config}`, output: '(Other) config>' },
        { to: 'exit\r', says: `exit\r\n${rest}`, output: '', mode: 'privileged' },
        { to: 'show time\r', says: `show time\r\nnoon\r\n${rest}`, output: 'noon' },
        { to: 'config\r', says: `config\r\n${config}`, output: '', mode: 'config' },
      ],
    });
  });

  test('may change beside its name: counters, roles, marks of unsaved changes', async () => {
    await expectAnswers({
      platform: exosLike,
      greeting: 'x440.1 # ',
      replies: [
        { to: 'show vlan\r', says: 'show vlan\r\none\r\n* x440.2 # ', output: 'one' },
        { to: 'show time\r', says: 'show time\r\nx441.9 #\r\nnoon\r\n* x440.3 # ', output: 'x441.9 #\nnoon' },
      ],
    });
    await expectAnswers({
      platform: vrpLike,
      greeting: '<fw_1>',
      replies: [
        { to: 'system-view\r', says: 'system-view\r\nHRP_M[~fw_1]', output: '', mode: 'config' },
        { to: 'sysname fw_2\r', says: 'sysname fw_2\r\nHRP_M[*fw_2]', output: '' },
        { to: 'interface GE0/0/1\r', says: 'interface GE0/0/1\r\nHRP_M[*fw_2-GE0/0/1]', output: '' },
        { to: 'return\r', says: 'return\r\nHRP_M<fw_2>', output: '', mode: 'privileged' },
      ],
      host: 'fw_2',
    });
  });

  test('may follow a time stamp below the echo, which is no part of the answer', async () => {
    const name = 'a-name-that-is-longer-than-31-characters';
    const stamp = 'Thu Jul 26 08:35:50.931 UTC';
    const [at, inConfig] = [`RP/0/RSP0/CPU0:${name}#`, `RP/0/RSP0/CPU0:${name.slice(0, 31)}(config)#`];
    await expectAnswers({
      platform: xrLike,
      greeting: at,
      replies: [
        { to: 'show clock\r', says: `show clock\r\n${stamp}\r\n08:35\r\n${stamp}\r\n${at}`, output: `08:35\n${stamp}` },
        {
          to: 'configure terminal\r',
          says: `configure terminal\r\n${stamp}\r\n${inConfig}`,
          output: '',
          mode: 'config',
        },
        { to: 'end\r', says: `end\r\n${at}`, output: '', mode: 'privileged' },
      ],
    });
  });
});
