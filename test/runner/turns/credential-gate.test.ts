import { Secret } from 'rollcall';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Admission, Gate } from '#dist/runner/index.js';
import { credentialGate } from '#dist/runner/turns/credential-gate.js';

interface Device {
  readonly name: string;
  readonly username?: string;
  readonly password?: unknown;
  readonly secret?: unknown;
  readonly credentials?: readonly object[];
  readonly route?: { readonly jump: readonly object[] };
}

const fleet = (count: number, rest: (at: number) => Partial<Device> = () => ({})): Device[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `R${at + 1}`,
    username: 'ops',
    password: new Secret('right-or-wrong'),
    ...rest(at),
  }));

const resultOf = (device: Device, status: string, error: object | null = null) =>
  ({ device, status, error, index: 0, worker: '', attempts: 1, startedAt: '', elapsedMs: 0 }) as never;
const refusal = (device: Device, details: object = { refused: true }, code = 'authentication') =>
  resultOf(device, 'authentication', { code, message: `the device refused user 'ops'`, details });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function gateOf(devices: object) {
  // It needs no place in the input, and hears of every step.
  const gate = credentialGate(devices) as Required<Gate<Device>> & { admit(device: Device): Admission };
  const woken: string[] = [];
  gate.attach((key) => woken.push(key), new AbortController().signal);
  const admit = (device: Device): ReturnType<typeof gate.admit> => gate.admit(device, 0);
  return { gate, admit, woken };
}

test('the first of more than 5 devices goes alone, and the others when it has logged in, not when it is done', () => {
  const devices = fleet(6);
  const [first, second] = devices as [Device, Device];
  const { gate, admit, woken } = gateOf(devices);
  expect(admit(first)).toEqual({ go: true });
  gate.start(first);
  const admission = admit(second);
  expect(admission).toEqual({ waitFor: expect.any(String) });
  gate.step?.(first, { type: 'logged_in' });
  expect(woken).toContain((admission as { waitFor: string }).waitFor);
  for (const device of devices.slice(1)) {
    expect(admit(device)).toEqual({ go: true });
    gate.start(device);
  }
});

test('5 devices go at once, and the breaker counts all the same', () => {
  const devices = fleet(5);
  const { gate, admit } = gateOf(devices);
  for (const device of devices.slice(0, 4)) {
    expect(admit(device)).toEqual({ go: true });
    gate.start(device);
  }
  const last = devices[4] as Device;
  gate.end(refusal(devices[0] as Device), false);
  expect(admit(last)).toEqual({ waitFor: expect.any(String) });
  for (const device of devices.slice(1, 4)) gate.end(refusal(device), false);
  expect(admit(last)).toEqual({ skip: expect.stringContaining('user ops') });
});

test('5 devices with a password of their own go one by one where more log in as the same user: they went at once', () => {
  const wrong = new Secret('wrong');
  const devices = fleet(50, (at) => (at % 10 === 5 ? { password: wrong } : {}));
  const [first, second] = devices.filter(({ password }) => password === wrong) as [Device, Device];
  const { gate, admit } = gateOf(devices);
  gate.start(first);
  expect(admit(second)).toEqual({ waitFor: expect.any(String) });
  expect(admit(devices[0] as Device)).toEqual({ go: true });
});

test('a device with two passwords of one user counts for two refusals: four were sent before it was stopped', () => {
  const devices = fleet(50, () => ({ credentials: [{ username: 'ops', password: new Secret('another') }] }));
  const { gate, admit } = gateOf(devices);
  gate.start(devices[0] as Device);
  gate.end(refusal(devices[0] as Device), false);
  expect(admit(devices[1] as Device)).toEqual({ skip: expect.stringContaining('user ops') });
});

test('of an input whose length nobody knows the first goes alone too', () => {
  const devices = fleet(2);
  const { gate, admit } = gateOf(devices.values());
  gate.start(devices[0] as Device);
  expect(admit(devices[1] as Device)).toEqual({ waitFor: expect.any(String) });
});

test('after 2 refusals in a row the others are told why, without the secret', () => {
  const devices = fleet(500);
  const { gate, admit } = gateOf(devices);
  for (const device of devices.slice(0, 2)) {
    expect(admit(device)).toEqual({ go: true });
    gate.start(device);
    gate.end(refusal(device), false);
  }
  for (const device of devices.slice(2)) {
    const said = admit(device) as { skip: string };
    expect(said.skip).toMatch(/2 logins in a row.*user ops.*R2: the device refused/s);
    expect(said.skip).not.toContain('right-or-wrong');
  }
});

test('devices that are unreachable decide nothing', () => {
  const devices = fleet(50);
  const { gate, admit } = gateOf(devices);
  for (const device of devices.slice(0, 40)) {
    expect(admit(device)).toEqual({ go: true });
    gate.start(device);
    expect(admit(devices[41] as Device)).toEqual({ waitFor: expect.any(String) });
    gate.end(resultOf(device, 'unreachable', { code: 'connect_refused', message: '' }), false);
  }
});

test.each(['host_key', 'failed', 'timeout'])('an end as %s is no refusal', (status) => {
  const devices = fleet(9);
  const { gate, admit } = gateOf(devices);
  for (const device of devices.slice(0, 4)) {
    gate.start(device);
    gate.end(resultOf(device, status, { code: 'negotiation', message: '' }), false);
  }
  expect(admit(devices[5] as Device)).toEqual({ go: true });
});

test('a device that does not answer the connection keeps one other waiting for 2 seconds', () => {
  const devices = fleet(9);
  const [silent, second, third] = devices as [Device, Device, Device];
  const { gate, admit, woken } = gateOf(devices);
  gate.start(silent);
  gate.step?.(silent, { type: 'phase', phase: 'connect' });
  vi.advanceTimersByTime(1_900);
  expect(admit(second)).toEqual({ waitFor: expect.any(String) });
  vi.advanceTimersByTime(200);
  expect(woken).toHaveLength(1);
  expect(admit(second)).toEqual({ go: true });
  gate.start(second);
  gate.step?.(second, { type: 'phase', phase: 'authenticate' });
  vi.advanceTimersByTime(60_000);
  expect(admit(third)).toEqual({ waitFor: expect.any(String) });
  gate.end(refusal(second), false);
  // The silent one may still answer, and be refused: that would be the second.
  expect(admit(third)).toEqual({ waitFor: expect.any(String) });
  gate.end(resultOf(silent, 'unreachable', { code: 'connect_timeout', message: '' }), false);
  expect(admit(third)).toEqual({ go: true });
});

describe('what a credential is', () => {
  const apart = (one: Partial<Device>, other: Partial<Device>): boolean => {
    const devices = fleet(12, (at) => (at < 6 ? one : other));
    const { gate, admit } = gateOf(devices);
    gate.start(devices[0] as Device);
    return 'go' in admit(devices[6] as Device);
  };
  test.each<[string, Partial<Device>, Partial<Device>]>([
    ['the password', { password: new Secret('one') }, { password: new Secret('two') }],
    ['the user', { username: 'ann' }, { username: 'bob' }],
    ['where the password is to be had', { password: { env: 'ONE' } }, { password: { env: 'TWO' } }],
    ['the chain', { credentials: [] }, { credentials: [{ username: 'local', password: new Secret('x') }] }],
  ])('%s tells them apart', (_, one, other) => {
    expect(apart(one, other)).toBe(true);
    expect(apart(one, { ...one })).toBe(false);
  });

  test('the same text in another Secret is the same credential', () => {
    expect(apart({ password: new Secret('same') }, { password: new Secret('same') })).toBe(false);
  });

  test('a shared password is one credential also where each device has an enable secret of its own', () => {
    const devices = fleet(10, (at) => ({ secret: new Secret(`enable-${at}`) }));
    const { gate, admit } = gateOf(devices);
    gate.start(devices[0] as Device);
    expect(admit(devices[1] as Device)).toEqual({ waitFor: expect.any(String) });
  });

  test('a wrong enable secret stops the devices that share it, and not the password', () => {
    const devices = fleet(20, (at) => ({ secret: new Secret(at < 10 ? 'wrong' : 'right') }));
    const { gate, admit } = gateOf(devices);
    for (const device of devices.slice(0, 2)) {
      expect(admit(device)).toEqual({ go: true });
      gate.start(device);
      gate.end(refusal(device, {}, 'enable_secret'), false);
    }
    expect(admit(devices[3] as Device)).toEqual({ skip: expect.stringContaining('the enable secret') });
    expect(admit(devices[12] as Device)).toEqual({ go: true });
  });

  test('a jump host that refuses stops what goes through it', () => {
    const via = { jump: [{ host: 'bastion', username: 'ann', password: new Secret('wrong') }] };
    const devices = fleet(20, (at) => ({ username: `user-${at}`, ...(at < 10 ? { route: via } : {}) }));
    const { gate, admit } = gateOf(devices);
    for (const device of devices.slice(0, 2)) {
      expect(admit(device)).toEqual({ go: true });
      gate.start(device);
      gate.end(refusal(device, { refused: true, at: 'bastion' }), false);
    }
    expect(admit(devices[3] as Device)).toEqual({ skip: expect.stringContaining('hosts on the way') });
    expect(admit(devices[12] as Device)).toEqual({ go: true });
  });
});

test('a device that stands in the run twice is counted twice', () => {
  const [device] = fleet(1) as [Device];
  const devices = Array.from({ length: 8 }, () => device);
  const { gate, admit } = gateOf(devices);
  for (let count = 0; count < 2; count++) {
    expect(admit(device)).toEqual({ go: true });
    gate.start(device);
    gate.end(refusal(device), false);
  }
  expect(admit(device)).toEqual({ skip: expect.any(String) });
});
