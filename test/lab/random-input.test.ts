import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setLogger, silentLogger } from '#dist/base/index.js';
import { DeviceCounters, LabCounters } from '#dist/lab/counters.js';
import { faultPlan } from '#dist/lab/faults.js';
import { ciscoIos } from '#dist/lab/ios/index.js';
import { command, loggedIn, temporaryLab } from './clients.js';

const profile = {
  number: 1,
  name: 'R1',
  username: 'cisco',
  password: 'cisco',
  secret: 'cisco',
  privilege: 15,
  banner: undefined,
  motd: undefined,
} as const;

const faults = faultPlan([], { faultAt: 1, slowMs: 0 });
const complaints: unknown[] = [];
let before: ReturnType<typeof setLogger>;
beforeEach(() => {
  complaints.length = 0;
  before = setLogger({ ...silentLogger, error: (message, fields) => complaints.push([message, fields]) });
});
afterEach(() => {
  setLogger(before);
});

const word = fc.constantFrom(
  ...'show ip int br run version clock conf t end exit no do interface lo10 description address 10.0.0.1 255.255.255.0 router ospf 1'.split(
    ' ',
  ),
  ...'hostname x banner motd # ^C logging write reload copy start | include section ( [ terminal length 0 5 enable disable line vty ?'.split(
    ' ',
  ),
  ...[
    '\t',
    '\r',
    '\n',
    '\x1a',
    '\x03',
    '\x15',
    '\x1b[A',
    ' ',
    'y',
    '\x00',
    'ip route 0.0.0.0 0.0.0.0 Null0',
    'access-list 1 permit any',
  ],
);
const input = fc.oneof(
  { weight: 3, arbitrary: fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')) },
  { weight: 1, arbitrary: fc.array(fc.nat(255), { maxLength: 200 }).map((codes) => String.fromCharCode(...codes)) },
);

/** Feeds a device and waits until it has nothing left to do. */
async function talk(chunks: readonly string[], username: string | undefined) {
  const model = ciscoIos.createModel(profile);
  let printed = 0;
  const line = {
    write: (text: string) => {
      printed += text.length;
    },
    end: () => {},
  };
  const shell = model.openShell({
    line,
    counters: new DeviceCounters(new LabCounters()),
    faults,
    commandMs: 0,
    username,
  });
  for (const chunk of chunks) {
    shell.input(chunk);
    await new Promise((resolve) => setImmediate(resolve));
  }
  shell.closed();
  await new Promise((resolve) => setImmediate(resolve));
  return printed;
}

test.each([['cisco'], [undefined]])('no input makes a device (logged in as %s) fail', async (username) => {
  await fc.assert(
    fc.asyncProperty(fc.array(input, { minLength: 1, maxLength: 6 }), async (chunks) => {
      expect(await talk(chunks, username)).toBeGreaterThan(0);
      expect(complaints).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('what is typed while the device is busy is kept within bounds', async () => {
  let prompts = 0;
  let ended = false;
  const line = {
    write: (text: string) => {
      prompts += text.split('R1#').length - 1;
    },
    end: () => {
      ended = true;
    },
  };
  const counters = new DeviceCounters(new LabCounters());
  const shell = ciscoIos.createModel(profile).openShell({ line, counters, faults, commandMs: 20, username: 'cisco' });
  await vi.waitFor(() => expect(prompts).toBe(1));
  shell.input('show clock\r');
  for (let chunk = 0; chunk < 5; chunk++) shell.input('\r'.repeat(60_000));
  await vi.waitFor(() => expect(prompts).toBeGreaterThanOrEqual(65_536), 10_000);
  shell.input('exit\r');
  await vi.waitFor(() => expect(ended).toBe(true));
  expect(prompts).toBeLessThanOrEqual(65_536 + 2);
});

test.each(['ssh', 'telnet'] as const)(
  'noise on the wire and broken connections do no harm over %s',
  async (transport) => {
    await using stage = await temporaryLab({ devices: [{ latencyMs: 2 }], transport });
    const open = async () => {
      const socket = connect(stage.first.port, stage.first.host);
      socket.on('error', () => {});
      await new Promise((resolve) => socket.once('data', resolve));
      return socket;
    };
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, politely) => {
        const socket = await open();
        socket.write(politely ? Buffer.concat([Buffer.from('SSH-2.0-x\r\n'), bytes]) : bytes);
        if (politely) socket.end();
        else socket.resetAndDestroy();
        if (!socket.destroyed) await new Promise((resolve) => socket.resume().once('close', resolve));
      }),
      { numRuns: 40 },
    );
    await vi.waitFor(() => expect(stage.lab.counters.connected).toBe(0));
    expect(await command(await loggedIn(stage.first), 'show privilege')).toBe('Current privilege level is 1\r\n');
    expect(complaints).toEqual([]);
  },
);
