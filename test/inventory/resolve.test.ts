import fc from 'fast-check';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';

type Json = Readonly<Record<string, unknown>>;

interface Part {
  readonly groups?: readonly string[];
  readonly keys: Json;
  readonly data: Json;
}

interface Network {
  readonly defaults: Part;
  readonly groups: Readonly<Record<string, Part>>;
  readonly devices: Readonly<Record<string, Part>>;
}

const value = fc.oneof(
  fc.integer({ min: -9, max: 9 }),
  fc.constantFrom('a', 'b', 'true', ''),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }),
);
const data = fc.dictionary(
  fc.constantFrom('x', 'y', '__proto__'),
  fc.oneof(
    value,
    fc.dictionary(fc.constantFrom('p', 'q'), fc.oneof(value, fc.dictionary(fc.constantFrom('r'), value))),
  ),
);
const keys = fc.record(
  {
    username: fc.constantFrom('ops', 'root', null),
    port: fc.constantFrom(22, 2201, null),
    host_key_alias: fc.constantFrom('h1', 'h2', null),
    keepalive: fc.constantFrom(5, null),
    source_address: fc.constantFrom('192.0.2.9', null),
    context: fc.constantFrom('red', 'blue', null),
  },
  { requiredKeys: [] },
);

/** Groups that are only in groups after them, so that there is no circle. */
const network: fc.Arbitrary<Network> = fc.integer({ min: 0, max: 7 }).chain((count) => {
  const names = Array.from({ length: count }, (_, n) => `g${n}`);
  const partIn = (of: readonly string[]): fc.Arbitrary<Part> =>
    fc.record({ groups: fc.shuffledSubarray([...of]), keys, data });
  return fc.record({
    defaults: fc.record({ keys, data }),
    groups: fc
      .tuple(...names.map((_, n) => partIn(names.slice(n + 1))))
      .map((parts) => Object.fromEntries(parts.map((part, n) => [`g${n}`, part]))),
    devices: fc
      .array(partIn(names), { minLength: 1, maxLength: 4 })
      .map((parts) => Object.fromEntries(parts.map((part, n) => [`r${n}`, part]))),
  });
});

const written = ({ groups, keys: own, data: more }: Part): Json => ({ ...own, ...(groups && { groups }), data: more });
const textOf = ({ defaults, groups, devices }: Network): string =>
  JSON.stringify({
    defaults: { device_type: 'frr', ...written(defaults) },
    groups: Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, written(part)])),
    devices: Object.fromEntries(Object.entries(devices).map(([name, part]) => [name, written(part)])),
  });

/** The rule, word by word: a group, and behind it all that it is in; what came before does not count again. */
function orderOf(names: readonly string[], groups: Network['groups']): string[] {
  const order: string[] = [];
  for (const name of names) {
    for (const one of [name, ...orderOf(groups[name]?.groups ?? [], groups)]) if (!order.includes(one)) order.push(one);
  }
  return order;
}

const isMap = (one: unknown): one is Json => typeof one === 'object' && one !== null && !Array.isArray(one);

function deep(strong: Json, weak: Json): Json {
  const all = new Set([...Object.keys(strong), ...Object.keys(weak)]);
  return Object.fromEntries(
    [...all].map((key) => {
      const [above, below] = [strong, weak].map((one) => Object.getOwnPropertyDescriptor(one, key)?.value as unknown);
      if (!Object.hasOwn(strong, key)) return [key, below];
      return [key, isMap(above) && isMap(below) ? deep(above, below) : above];
    }),
  );
}

test('random groups give what the rule gives when it is followed word by word', () => {
  fc.assert(
    fc.property(network, (given) => {
      const { devices } = parseInventory(textOf(given));
      for (const device of devices) {
        const own = given.devices[device.name];
        if (own === undefined) throw new Error(`who is ${device.name}?`);
        const order = orderOf(own.groups ?? [], given.groups);
        const parts = [own, ...order.flatMap((name) => given.groups[name] ?? []), given.defaults];
        const first = (key: string): unknown =>
          parts.find((part) => Object.hasOwn(part.keys, key))?.keys[key] ?? undefined;
        const alive = first('keepalive');
        expect({
          groups: device.groups ?? [],
          username: device.username,
          port: device.port,
          alias: device.ssh?.hostKeyAlias,
          alive: device.ssh?.keepaliveMs,
          from: device.route?.sourceAddress,
          context: device.context,
        }).toEqual({
          groups: order,
          username: first('username'),
          port: first('port'),
          alias: first('host_key_alias'),
          alive: alive === undefined ? undefined : 5000,
          from: first('source_address'),
          context: first('context'),
        });
        const merged = parts.map((part) => part.data).reduceRight((weak, strong) => deep(strong, weak), {});
        expect(device.data).toEqual(merged);
      }
    }),
    { numRuns: 500 },
  );
});

test('the order of the devices and of the groups is that of the file', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), { minLength: 1, maxLength: 30 }), (names) => {
      const lines = names.map((name) => `  ${name}:`).join('\n');
      const text = `defaults: { device_type: frr }\ngroups:\n${lines}\ndevices:\n${lines}`.replaceAll('null:', 'nil:');
      const { devices, groups } = parseInventory(text);
      expect(devices.map(({ name }) => name)).toEqual(groups.map(({ name }) => name));
      expect(devices.map(({ name }) => name)).toEqual(names.map((name) => (name === 'null' ? 'nil' : name)));
    }),
  );
});
