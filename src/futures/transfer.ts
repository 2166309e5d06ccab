import { types } from 'node:util';
import { NotTransferableError } from './errors.js';
import { describeType } from './naming.js';

/**
 * A kind of object that structured clone does not carry, or carries wrongly, and we do: it crosses as plain data and
 * is made anew on the other side.
 */
export interface TransferKind {
  readonly kind: string;
  matches(value: object): boolean;
  /** Returns plain data; parts go through `inner`, which makes a text of one that cannot cross. */
  encode(value: object, inner: (part: unknown) => unknown): unknown;
  decode(data: unknown, restoring: Restoring): unknown;
}

/** What a kind needs to make a value anew. */
export interface Restoring {
  /** Restores a part of the value. */
  inner(part: unknown): unknown;
  /** To be called before the parts of a value that can hold itself are restored. */
  made(value: object): void;
  /** The module of the task that the value comes from, where there is one. */
  readonly moduleUrl: string | undefined;
}

/** A value as it crosses; `special` tells that it holds kinds of ours and must be walked on arrival. */
export interface Encoded {
  readonly value: unknown;
  readonly special: boolean;
}

/** Marks an object that stands for a kind of ours in encoded data. */
const MARK = '\u0000rollcall';

/** Instances that cross as they are. */
const CLONED: readonly object[] = [
  Date.prototype,
  RegExp.prototype,
  ArrayBuffer.prototype,
  DataView.prototype,
  Boolean.prototype,
  Number.prototype,
  String.prototype,
  BigInt.prototype,
];
/**
 * How deep a value may be. Both clones go down with the stack, and a main thread has less of it than a worker: what one
 * side could write and the other not read would take the whole worker along. Node's stack is enough for twice as much.
 */
const DEEPEST = 1000;

/** How much deeper the parts of an error lie in what it is encoded as. */
const DEPTH_OF_PARTS = 5;

/** Of a longer path to the trouble only the beginning is told. */
const LONGEST_PATH = 12;

const TYPED_ARRAY = Object.getPrototypeOf(Uint8Array.prototype) as object;

/** Makes of values what may cross to another thread or process, and values of that again. */
export class Codec {
  readonly #kinds: readonly TransferKind[];
  readonly #sharedMemory: boolean;

  constructor(kinds: readonly TransferKind[], { sharedMemory }: { readonly sharedMemory: boolean }) {
    this.#kinds = kinds;
    this.#sharedMemory = sharedMemory;
  }

  /** @throws {NotTransferableError} that says where in the value the trouble is; `what` names the value */
  encode(value: unknown, what: string): Encoded {
    if (typeof value !== 'object' && typeof value !== 'function' && typeof value !== 'symbol') {
      return { value, special: false };
    }
    const walk = new Walk(this.#kinds, { sharedMemory: this.#sharedMemory, what, depth: 0 });
    const special = walk.check(value);
    return { value: special ? this.#copy(value, new Map(), 0) : value, special };
  }

  decode({ value, special }: Encoded, moduleUrl?: string): unknown {
    return special ? this.#restore(value, new Map(), moduleUrl) : value;
  }

  #copy(value: unknown, seen: Map<object, unknown>, depth: number): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const kind = this.#kinds.find((candidate) => candidate.matches(value));
    if (kind !== undefined) {
      const marked: Record<string, unknown> = { [MARK]: kind.kind };
      seen.set(value, marked);
      marked.data = kind.encode(value, (part) => this.#copyOrDescribe(part, seen, depth + DEPTH_OF_PARTS));
      return marked;
    }
    return mapParts(value, seen, (part) => this.#copy(part, seen, depth + 1));
  }

  #copyOrDescribe(part: unknown, seen: Map<object, unknown>, depth: number): unknown {
    try {
      new Walk(this.#kinds, { sharedMemory: this.#sharedMemory, what: '', depth }).check(part);
    } catch {
      return `[${describeType(part)}, which cannot cross]`;
    }
    return this.#copy(part, seen, depth);
  }

  #restore(value: unknown, seen: Map<object, unknown>, url: string | undefined): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const inner = (part: unknown): unknown => this.#restore(part, seen, url);
    if (MARK in value) {
      const { [MARK]: name, data } = value as { [MARK]: string; data: unknown };
      const kind = this.#kinds.find((candidate) => candidate.kind === name);
      if (kind === undefined) throw new NotTransferableError(`a value of the unknown kind '${name}' came`);
      const made = (part: unknown): void => void seen.set(value, part);
      const restored = kind.decode(data, { inner, made, moduleUrl: url });
      made(restored);
      return restored;
    }
    return mapParts(value, seen, inner);
  }
}

/** Returns a copy of an array, map, set or plain object with each part replaced; other objects as they are. */
function mapParts(value: object, seen: Map<object, unknown>, inner: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) {
    const copy: unknown[] = new Array(value.length);
    seen.set(value, copy);
    // forEach leaves holes as they are.
    value.forEach((part, at) => {
      copy[at] = inner(part);
    });
    return copy;
  }
  if (value instanceof Map) {
    const copy = new Map();
    seen.set(value, copy);
    for (const [key, part] of value) copy.set(inner(key), inner(part));
    return copy;
  }
  if (value instanceof Set) {
    const copy = new Set();
    seen.set(value, copy);
    for (const part of value) copy.add(inner(part));
    return copy;
  }
  if (!isPlain(value)) return value;
  const copy: Record<string, unknown> = {};
  seen.set(value, copy);
  for (const [key, part] of Object.entries(value)) {
    Object.defineProperty(copy, key, { value: inner(part), enumerable: true, writable: true, configurable: true });
  }
  return copy;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // The prototype of a plain object has none itself, also when it comes from another realm.
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
}

function isDetached(memory: ArrayBuffer): boolean {
  if (memory.byteLength > 0) return false;
  try {
    new Uint8Array(memory);
    return false;
  } catch {
    return true;
  }
}

interface WalkOptions {
  readonly sharedMemory: boolean;
  readonly what: string;
  readonly depth: number;
}

/** One look through a value before it crosses: refuses what cannot, and finds out whether kinds of ours are in it. */
class Walk {
  readonly #kinds: readonly TransferKind[];
  readonly #sharedMemory: boolean;
  readonly #what: string;
  /** How deep what it looks through lies already. */
  readonly #depth: number;
  readonly #path: string[] = [];
  readonly #seen = new Set<object>();

  constructor(kinds: readonly TransferKind[], { sharedMemory, what, depth }: WalkOptions) {
    this.#kinds = kinds;
    this.#sharedMemory = sharedMemory;
    this.#what = what;
    this.#depth = depth;
  }

  check(value: unknown): boolean {
    if (typeof value === 'function') this.#refuse(`the function '${value.name}'`);
    if (typeof value === 'symbol') this.#refuse(String(value));
    if (typeof value !== 'object' || value === null || this.#seen.has(value)) return false;
    // Before anything is asked of it: neither clone takes one.
    if (types.isProxy(value)) this.#refuse('a Proxy');
    if (this.#path.length + this.#depth > DEEPEST) this.#refuse(`more than ${DEEPEST} objects inside one another`);
    this.#seen.add(value);
    if (Array.isArray(value) && Object.getPrototypeOf(value) === Array.prototype) {
      return this.#checkAll(value.entries(), (at) => `[${at}]`);
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype === Object.prototype || isPlain(value)) return this.#checkPlain(value);
    if (this.#kinds.some((kind) => kind.matches(value))) return true;
    if (prototype === Map.prototype) {
      const entries = (value as Map<unknown, unknown>).entries();
      return this.#checkAll(
        entries,
        (key) => `.get(${typeof key === 'object' ? describeType(key) : String(key)})`,
        true,
      );
    }
    if (prototype === Set.prototype) return this.#checkAll((value as Set<unknown>).entries(), () => '.values()');
    this.#checkInstance(value, prototype as object);
    return false;
  }

  #checkAll(entries: Iterable<[unknown, unknown]>, show: (key: unknown) => string, keysToo = false): boolean {
    let special = false;
    for (const [key, part] of entries) {
      if (typeof part !== 'object' && typeof part !== 'function' && typeof part !== 'symbol' && !keysToo) continue;
      this.#path.push(show(key));
      if (keysToo && this.check(key)) special = true;
      if (this.check(part)) special = true;
      this.#path.pop();
    }
    return special;
  }

  #checkPlain(value: object): boolean {
    const symbol = Object.getOwnPropertySymbols(value).find((key) =>
      Object.prototype.propertyIsEnumerable.call(value, key),
    );
    if (symbol !== undefined) this.#refuse(`an object with the symbol ${String(symbol)} as a key`);
    if (MARK in value) this.#refuse('an object with a key that rollcall keeps for itself');
    return this.#checkAll(Object.entries(value), (key) => `.${String(key)}`);
  }

  #checkInstance(value: object, prototype: object): void {
    if (CLONED.includes(prototype) || Object.getPrototypeOf(prototype) === TYPED_ARRAY) {
      const memory: unknown = ArrayBuffer.isView(value) ? value.buffer : value;
      if (memory instanceof SharedArrayBuffer && !this.#sharedMemory) this.#refuse('shared memory');
      if (memory instanceof ArrayBuffer && isDetached(memory)) this.#refuse('memory that was transferred away');
      return;
    }
    if (prototype === SharedArrayBuffer.prototype) {
      if (!this.#sharedMemory) this.#refuse('shared memory (which threads have and processes have not)');
      return;
    }
    this.#refuse(`an instance of ${describeType(value)}`);
  }

  #refuse(found: string): never {
    const rest = this.#path.length > LONGEST_PATH ? '…' : '';
    const where = this.#path.length === 0 ? '' : ` at ${this.#path.slice(0, LONGEST_PATH).join('')}${rest}`;
    throw new NotTransferableError(
      `${this.#what} cannot cross to another thread or process: ${found}${where}; ` +
        'plain data, Date, Map, Set, typed arrays, errors, Secret and Queue can',
    );
  }
}
