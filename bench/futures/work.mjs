// The functions and arguments of the calls, the same for all.
import { randomBytes } from 'node:crypto';

const records = [];
let length = 2;
while (length < 100_000) {
  const record = { id: records.length, name: `interface ${records.length}`, up: true, counters: [1, 2, 3, 4] };
  records.push(record);
  length += JSON.stringify(record).length + 1;
}

/** Function and argument of each kind of call. */
export const CALLS = {
  number: { name: 'noop', argument: 7 },
  object: { name: 'noop', argument: { id: 7, name: 'R1', tags: ['core', 'north'], port: { speed: 1000, up: true } } },
  'hash 64 kB': { name: 'hash', argument: new Uint8Array(randomBytes(65_536)) },
  'parse 100 kB': { name: 'parse', argument: JSON.stringify(records) },
};
