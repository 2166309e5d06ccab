import fc from 'fast-check';
import { parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { type Json, type Network, network, networkText } from './networks.js';

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
      const { devices } = parseInventory(networkText(given));
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
    { numRuns: 200 },
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
