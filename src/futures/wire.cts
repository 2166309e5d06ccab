import util = require('node:util');

// What parent and worker say to each other, as flat arrays: many calls, or many results, in one message.
//
// To the worker:   slot, serial, task, argc, ...args     a call whose arguments are primitives
//                  slot, serial, task, TEXT, json        … whose arguments are small plain data
//                  slot, serial, task, CODED, encoded    … whose arguments took the codec; alone in its message
//                  slot, serial, task, CHUNK, encoded    many lists of arguments; alone in its message
// To the parent:   slot, EMPTY | slot, PLAIN, value | slot, JSON_VALUE, json | slot, CODED_VALUE, encoded
//                  slot, OUTCOMES, outcomes | slot, THREW, encoded, classes | slot, SKIPPED
//                  COST, task, nanoseconds
// Both ways:       MESSAGE, a message of messages.ts
//
// An object has a message of its own, or is text, because two calls in one message would share what both hold.

const { isProxy } = util.types;

/** In the place of a slot. */
const MESSAGE = -1;
const COST = -2;

/** In the place of the number of arguments. */
const TEXT = -1;
const CODED = -2;
const CHUNK = -3;

/** What became of a call. */
const EMPTY = 0;
const PLAIN = 1;
const JSON_VALUE = 2;
const CODED_VALUE = 3;
const OUTCOMES = 4;
const THREW = 5;
const SKIPPED = 6;

/** The states of a slot in the claim table of a thread: who moves it from WAITING has the call. */
const WAITING = 1;
const CLAIMED = 2;
const REVOKED = 3;

/** Larger values are cheaper to clone than to write as text. */
const MOST_OBJECTS = 32;
const MOST_PARTS = 256;
const LONGEST_TEXT = 4096;

/** Returns whether the value is the same on the other side whatever carries it. */
function isPrimitive(value: unknown): boolean {
  return (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') || value === null;
}

/** Returns whether the value comes out of JSON text exactly as it went in: no cycle, no sharing, no hole, no -0. */
function isJson(value: unknown, seen: object[]): boolean {
  if (typeof value === 'string') return value.length <= LONGEST_TEXT;
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== 'object') return typeof value === 'boolean';
  if (value === null) return true;
  if (seen.length === MOST_OBJECTS || seen.includes(value) || isProxy(value)) return false;
  seen.push(value);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Array.prototype) return isJsonList(value as readonly unknown[], seen);
  return prototype === Object.prototype && isJsonRecord(value as Readonly<Record<string, unknown>>, seen);
}

function isJsonList(list: readonly unknown[], seen: object[]): boolean {
  if (list.length > MOST_PARTS) return false;
  for (let at = 0; at < list.length; at++) if (!isJson(list[at], seen)) return false;
  // A list may have names beside its numbers.
  return Object.keys(list).length === list.length;
}

function isJsonRecord(record: Readonly<Record<string, unknown>>, seen: object[]): boolean {
  let parts = 0;
  for (const key in record) {
    parts += 1;
    // The codec refuses keys that begin so; an own `__proto__` is too odd to be fast.
    if (parts > MOST_PARTS || key.charCodeAt(0) === 0 || key === '__proto__') return false;
    if (!isJson(record[key], seen)) return false;
  }
  return Object.getOwnPropertySymbols(record).length === 0;
}

/** Returns the value as JSON text, or undefined where text would not carry it exactly or not cheaply. Never throws. */
function jsonText(value: unknown): string | undefined {
  try {
    return isJson(value, []) ? JSON.stringify(value) : undefined;
  } catch {
    // A getter of it throws. The codec reads it again, where an error is the call's own.
    return undefined;
  }
}

export = {
  MESSAGE,
  COST,
  TEXT,
  CODED,
  CHUNK,
  EMPTY,
  PLAIN,
  JSON_VALUE,
  CODED_VALUE,
  OUTCOMES,
  THREW,
  SKIPPED,
  WAITING,
  CLAIMED,
  REVOKED,
  isPrimitive,
  isJson,
  jsonText,
};
