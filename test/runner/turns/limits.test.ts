import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { EventLoopExecutor, type Executor, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { describe, expect, test } from 'vitest';
import { type Gate, type RunLimits, type RunOptions, run } from '#dist/runner/index.js';
import { Gate as Opening } from '../gate.ts';
import { act } from '../tasks/tasks.mjs';

interface Placed {
  readonly name: string;
  readonly host: string;
  readonly transport?: string;
  readonly port?: number;
  readonly groups?: readonly string[];
  readonly route?: { readonly jump?: readonly { readonly host: string; readonly port?: number }[] };
  readonly terminalServer?: { readonly command?: string };
  readonly does?: string;
}

/** Counts who is at work, and who was at most, by what a device takes a place of. */
class Census {
  readonly most = new Map<string, number>();
  readonly #now = new Map<string, number>();

  readonly task = async (device: Placed, ticks: number | ((device: Placed) => number)): Promise<void> => {
    const keys = keysOf(device);
    for (const key of keys) {
      const now = (this.#now.get(key) ?? 0) + 1;
      this.#now.set(key, now);
      this.most.set(key, Math.max(this.most.get(key) ?? 0, now));
    }
    for (let left = typeof ticks === 'number' ? ticks : ticks(device); left > 0; left--) await turn();
    for (const key of keys) this.#now.set(key, (this.#now.get(key) ?? 0) - 1);
  };
}

const keysOf = ({ host, groups = [], route }: Placed): string[] => [
  'all',
  `device ${host} ${route?.jump?.[0]?.host}`,
  ...groups.map((name) => `group ${name}`),
  ...(route?.jump?.slice(0, 1) ?? []).map((jump) => `bastion ${jump.host}`),
];

const GROUPS = ['core', 'edge', 'lab', 'constructor', '__proto__'];
const placed = fc.record({
  host: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5', '192.0.2.6'),
  groups: fc.subarray(GROUPS),
  jump: fc.constantFrom('one.example', 'two.example', undefined),
  ticks: fc.nat(4),
  fails: fc.boolean(),
});
const limit = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const setting = fc.record({
  devices: fc.array(placed, { maxLength: 60 }),
  workers: fc.integer({ min: 1, max: 8 }),
  sessions: limit,
  perDevice: limit,
  perBastion: limit,
  groupLimits: fc.array(limit, { minLength: GROUPS.length, maxLength: GROUPS.length }),
  asList: fc.boolean(),
});

test('never more at once than any limit says, and everybody gets a turn (random limits, groups, faults)', async () => {
  await fc.assert(
    fc.asyncProperty(setting, async ({ devices, workers, groupLimits, asList, ...limits }) => {
      await using executor = new EventLoopExecutor({ maxWorkers: workers });
      const list = devices.map(({ jump, ...rest }, at) => ({
        ...rest,
        name: `D${at}`,
        ...(jump === undefined ? {} : { route: { jump: [{ host: jump }] } }),
      }));
      const given = GROUPS.flatMap((name, at) => (groupLimits[at] === undefined ? [] : [[name, groupLimits[at]]]));
      const perGroup = Object.fromEntries(given) as Record<string, number>;
      const census = new Census();
      const task = async (device: (typeof list)[number]) => {
        await census.task(device, device.ticks);
        if (device.fails) throw new Error('as it was asked to');
      };
      const running = run(task, asList ? list : list.values(), {
        input: '',
        executor,
        limits: { ...limits, perGroup },
      });
      const { results, counts } = await running;
      expect(results.map(({ device }) => device.name)).toEqual(list.map(({ name }) => name));
      expect(counts.ok + counts.failed).toBe(list.length);
      expect(running.waiting()).toEqual([]);
      const { sessions = workers, perDevice = 1, perBastion = workers } = limits;
      for (const [key, most] of census.most) {
        const [kind, name = ''] = key.split(' ', 2);
        const known = { all: sessions, device: perDevice, bastion: perBastion, group: workers }[kind ?? ''];
        const limit = kind === 'group' && Object.hasOwn(perGroup, name) ? perGroup[name] : known;
        expect(most, key).toBeLessThanOrEqual(Math.min(limit ?? 0, workers));
      }
    }),
    { numRuns: 150 },
  );
}, 60_000);

test('the devices of a group begin in the order of the input, whatever else holds them up', async () => {
  const ticks = fc.array(fc.nat(3), { minLength: 40, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(ticks, fc.integer({ min: 1, max: 4 }), async (all, limit) => {
      await using executor = new EventLoopExecutor({ maxWorkers: 6 });
      const list = all.map((left, at) => ({ name: `D${at}`, left, groups: [at % 3 === 0 ? 'core' : 'edge'] }));
      const began = new Map<string, number[]>();
      const task = async ({ name, left, groups }: (typeof list)[number]) => {
        const group = groups[0] ?? '';
        began.set(group, [...(began.get(group) ?? []), Number(name.slice(1))]);
        for (let ticks = left; ticks > 0; ticks--) await turn();
      };
      await run(task, list, { input: '', executor, limits: { perGroup: { core: limit, edge: limit } } });
      for (const order of began.values()) expect(order).toEqual(order.toSorted((a, b) => a - b));
      expect([...began.values()].flat().length).toBe(40);
    }),
    { numRuns: 50 },
  );
});

test('thirty thousand devices that all wait for one group are asked a few times each', async () => {
  let asked = 0;
  const counting: Gate<Placed> = {
    admit: () => {
      asked += 1;
      return { go: true };
    },
    start: () => {},
    end: () => {},
    attach: () => {},
  };
  await using executor = new EventLoopExecutor({ maxWorkers: 50 });
  const list = Array.from({ length: 30_000 }, (_, at) => ({
    ...{ name: `D${at}`, host: `h${at}`, groups: ['all', `site ${at % 100}`] },
    route: { jump: [{ host: `jump${at % 20}` }] },
  }));
  const options: RunOptions<Placed, string, string> = {
    input: '',
    executor,
    keepResults: false,
    gates: [counting],
    limits: { perBastion: 3, perGroup: { all: 5, 'site 7': 1 } },
  };
  let done = 0;
  for await (const { status } of run(() => 'done', list, options)) if (status === 'ok') done += 1;
  expect(done).toBe(30_000);
  expect(asked).toBeLessThan(150_000);
}, 60_000);

const KINDS: Record<string, () => Executor> = {
  'the event loop': () => new EventLoopExecutor({ maxWorkers: 4 }),
  threads: () => new ThreadPoolExecutor({ maxWorkers: 2, tasksPerWorker: 2 }),
  processes: () => new ProcessPoolExecutor({ maxWorkers: 2, tasksPerWorker: 2 }),
};

describe.each(Object.keys(KINDS))('in %s', (kind) => {
  const make = (): Executor => (KINDS[kind] as () => Executor)();

  const WAITING: Record<string, { limits: RunLimits; line: string }> = {
    'a place in its group': { limits: { perGroup: { core: 2 } }, line: 'group core' },
    'a place at its bastion': { limits: { perBastion: 2 }, line: 'bastion jump.example:2222' },
    'its box': { limits: { perDevice: 2 }, line: 'device ssh 192.0.2.1:22 via jump.example:2222' },
    'a session': { limits: { sessions: 2, perDevice: 9 }, line: 'a free session' },
    'its place in time': { limits: { connectsPerSecond: 0.001, perDevice: 9 }, line: 'the connect rate' },
  };
  test.each(Object.keys(WAITING))('a run that is called off ends at once for those that wait for %s', async (what) => {
    await using executor = make();
    const { limits, line } = WAITING[what] as { limits: RunLimits; line: string };
    const controller = new AbortController();
    const list = Array.from({ length: 30 }, (_, at) => ({
      ...{ name: `D${at}`, host: '192.0.2.1', groups: ['core'], does: 'wait' },
      route: { jump: [{ host: 'Jump.Example', port: 2222 }, { host: 'second.example' }].slice(0, 1) },
    }));
    const began: string[] = [];
    const running = run(act, list, {
      ...{ input: '', executor, limits: { ...limits, perDevice: limits.perDevice ?? 9 }, signal: controller.signal },
      observers: [{ step: ({ name }, { type }) => void (type === 'answered' && began.push(name)) }],
    });
    const most = what === 'its place in time' ? 1 : 2;
    try {
      const now = () => [began.length, running.waiting()];
      await expect.poll(now, { timeout: 20_000 }).toEqual([most, [{ line, devices: 30 - most }]]);
    } finally {
      controller.abort();
    }
    const { results, counts } = await running;
    expect(counts.cancelled).toBe(30);
    expect(results.filter(({ worker }) => worker !== '').map(({ device }) => device.name)).toEqual(
      list.slice(0, most).map(({ name }) => name),
    );
    expect(running.waiting()).toEqual([]);
  });
});

/** How many of these have their turn at the same time when nobody ends. */
async function together(list: readonly Omit<Placed, 'name'>[], limits: RunLimits = {}): Promise<number> {
  await using executor = new EventLoopExecutor({ maxWorkers: 10 });
  const opening = new Opening();
  let now = 0;
  const named = list.map((device, at) => ({ ...device, name: `D${at}` }));
  const task = () => {
    now += 1;
    return opening.opened;
  };
  const running = run(task, named, { input: '', executor, limits });
  for (let turns = 0; turns < 20; turns++) await turn();
  const most = now;
  opening.open();
  await running;
  return most;
}

describe('the same box', () => {
  const host = '10.0.0.1';
  const jump = (name: string) => ({ route: { jump: [{ host: name }] } });

  test.each<[string, Omit<Placed, 'name'>[], number]>([
    ['two contexts of a firewall take turns', [{ host }, { host }], 1],
    ['also where one says the usual port, and in another case', [{ host: 'FW.lan', port: 22 }, { host: 'fw.lan' }], 1],
    ['SSH and telnet are two ways', [{ host }, { host, transport: 'telnet' }], 2],
    [
      'the lines of a console server are several',
      [
        { host, port: 2001 },
        { host, port: 2002 },
      ],
      2,
    ],
    [
      'the same address in two sites is two boxes',
      [
        { host, ...jump('a') },
        { host, ...jump('b') },
      ],
      2,
    ],
    [
      'behind one jump host it is one',
      [
        { host, ...jump('a') },
        { host, ...jump('A') },
      ],
      1,
    ],
    [
      'consoles that are reached by a command of the server are several',
      [
        { host, terminalServer: { command: 'connect 1' } },
        { host, terminalServer: { command: 'connect 2' } },
      ],
      2,
    ],
    [
      'programs are as many as one likes',
      [
        { host, transport: 'process' },
        { host, transport: 'process' },
      ],
      2,
    ],
  ])('%s', async (_what, list, most) => {
    expect(await together(list)).toBe(most);
    expect(await together(list, { perDevice: Number.POSITIVE_INFINITY })).toBe(list.length);
  });

  test('a task that changes its device does not take the place of another for ever', async () => {
    const list = Array.from({ length: 10 }, (_, at) => ({ name: `D${at}`, host }));
    const task = (device: { readonly name: string; host: string }) => {
      device.host = 'changed';
    };
    const { counts } = await run(task, list, { input: '' });
    expect(counts.ok).toBe(10);
  });
});

describe('a bastion', () => {
  test.each<[string, Omit<Placed, 'name'>[]]>([
    [
      'is the first jump host',
      [
        { host: 'a', route: { jump: [{ host: 'j' }, { host: 'x' }] } },
        { host: 'b', route: { jump: [{ host: 'J', port: 22 }] } },
      ],
    ],
    [
      'is the SOCKS proxy',
      [
        { host: 'a', route: { socks: { host: 'p' } } } as never,
        { host: 'b', route: { socks: { host: 'p' } } } as never,
      ],
    ],
    [
      'is the terminal server, whichever its port',
      [
        { host: 't', port: 2001, terminalServer: {} },
        { host: 't', port: 2002, terminalServer: {} },
      ],
    ],
  ])('%s', async (_what, list) => {
    expect(await together(list)).toBe(2);
    expect(await together(list, { perBastion: 1 })).toBe(1);
  });
});

test.each<[string, unknown, RegExp]>([
  ['no sessions', { sessions: 0 }, /limits\.sessions must be a whole number above 0, or Infinity; got 0/],
  ['half a session', { perDevice: 0.5 }, /limits\.perDevice must be .* got 0\.5/],
  ['a limit that is a text', { perBastion: '3' }, /limits\.perBastion must be .* got the text "3"/],
  ['a group without room', { perGroup: { core: -1 } }, /limits\.perGroup\["core"\] must be .* got -1/],
  ['a rate of nothing', { connectsPerSecond: 0 }, /limits\.connectsPerSecond must be a number from 0\.001 .* got 0/],
  ['a name that there is not', { perGroups: {} }, /perGroups.*perGroup/s],
])('%s is refused at once', (_what, limits, message) => {
  const wrong = () => run(() => {}, [], { input: '', limits: limits as RunLimits });
  expect(wrong).toThrow(expect.objectContaining({ code: 'bad_option', message: expect.stringMatching(message) }));
});
