import fc from 'fast-check';

export type Json = Readonly<Record<string, unknown>>;

interface Part {
  readonly groups?: readonly string[];
  readonly keys: Json;
  readonly data: Json;
}

export interface Network {
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
export const network: fc.Arbitrary<Network> = fc.integer({ min: 0, max: 7 }).chain((count) => {
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
export const networkText = ({ defaults, groups, devices }: Network): string =>
  JSON.stringify({
    defaults: { device_type: 'frr', ...written(defaults) },
    groups: Object.fromEntries(Object.entries(groups).map(([name, part]) => [name, written(part)])),
    devices: Object.fromEntries(Object.entries(devices).map(([name, part]) => [name, written(part)])),
  });
