import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { SimulatedDevice } from 'rollcall/lab';
import { expect, test } from 'vitest';
import { testPython } from '../../scripts/system-packages.mjs';
import { temporaryLab } from '../lab/clients.js';
import { needOrSkip } from '../real/needs.js';

needOrSkip('netmiko');

interface Seen {
  readonly refusal?: string;
  readonly [name: string]: unknown;
}

async function netmiko({ host, port, platform, username, password, secret }: SimulatedDevice): Promise<Seen> {
  const options = { device_type: platform, host, port, username, password, secret, conn_timeout: 20 };
  const script = join(import.meta.dirname, 'netmiko_session.py');
  const child = spawn(testPython, [script, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, complaint] = ['', ''];
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`netmiko failed: ${complaint}`);
  return JSON.parse(output) as Seen;
}

test.each(['ssh', 'telnet'] as const)(
  'netmiko, unchanged, works with the lab over %s',
  async (transport) => {
    await using stage = await temporaryLab({ devices: 1, transport });
    const seen = await netmiko(stage.first);
    expect(seen).toMatchObject({ before: 'R1>', after: 'R1#' });
    expect(seen.brief).toMatch(/^Interface +IP-Address.*\nEthernet0\/0 +192\.168\.100\.1 +YES NVRAM +up +up/);
    expect(seen.parsed).toContainEqual({
      interface: 'Loopback0',
      ip_address: '10.1.1.1',
      status: 'up',
      proto: 'up',
    });
    expect(seen.dialogue).toContain(
      'R1(config)#interface Loopback10\nR1(config-if)#description x\nR1(config-if)#ip route 10.9.0.0 255.255.0.0 Null0\nR1(config)#end\nR1#',
    );
    expect(seen.readBack).toBe(
      'interface Loopback10\n description x\n no ip address\nip route 10.9.0.0 255.255.0.0 Null0',
    );
    expect(seen.refused).toBe("        ^\n% Invalid input detected at '^' marker.\n");
    expect(seen.saved).toContain('[OK]');
    expect(stage.lab.counters).toMatchObject({ logins: 1, refusedLogins: 0, connections: 1 });
  },
  60_000,
);

test.each(['ssh', 'telnet'] as const)(
  'netmiko is refused with a wrong password over %s',
  async (transport) => {
    await using stage = await temporaryLab({ devices: 1, transport });
    const seen = await netmiko({ ...stage.first, password: 'wrong' });
    expect(seen).toEqual({ refusal: 'NetmikoAuthenticationException' });
    expect(stage.lab.counters.logins).toBe(0);
    expect(stage.lab.counters.refusedLogins).toBeGreaterThan(0);
  },
  60_000,
);
