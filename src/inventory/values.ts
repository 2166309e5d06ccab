import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { hostProblem } from './host.js';
import { type JsonSchema, numberSchema, textSchema, wordsSchema } from './schema/parts.js';

/** What a value cannot be: the rest of a sentence that begins with its key. */
export class Wrong {
  constructor(
    readonly why: string,
    /** False where the text may hold a secret that it should not: no message shows it then. */
    readonly shown = true,
  ) {}
}

/** What stands for a value that is wrong, and reported. */
export const WRONG = Symbol('a value that is wrong');

/** How one kind of value is read from its source text. */
export interface Kind<T> {
  /** What editors are told of it. */
  readonly schema: JsonSchema;
  readonly read: (text: string) => T | Wrong;
  /** The text may be a secret: no message shows it. */
  readonly hidden?: true;
  /** An empty text says that there is none, as an argument's default does in netmiko. */
  readonly emptyIsNone?: true;
}

const LONGEST_WORD = 64;
const LONGEST_DEVICE_NAME = 15;
const MAX_SECONDS = 86_400;
/** No control character; a string may be empty, which is none. */
const ONE_LINE = '^[^\\u0000-\\u001f\\u007f-\\u009f]*$';

/** A text on one line. */
export const line: Kind<string> = {
  schema: textSchema({ pattern: ONE_LINE }),
  read: (text) => (/\p{Cc}/u.test(text) ? new Wrong('must not hold a control character') : text),
  emptyIsNone: true,
};

export const label: Kind<string> = {
  schema: textSchema({ maxLength: 255, pattern: '^(?:[^\\s]|[^\\s].*[^\\s])?$' }),
  read: (text) =>
    text.trim() !== text || text.length > 255 || /[\p{Cc}\p{Cf}]/u.test(text)
      ? new Wrong('must be at most 255 characters, without control characters and without spaces around it')
      : text,
  emptyIsNone: true,
};

export const host: Kind<string> = {
  schema: textSchema({ pattern: '^(?:[^\\s@/\\[\\]-][^\\s@/\\[\\]]*)?$' }),
  read: (text) => {
    const problem = hostProblem(text);
    return problem === undefined ? text : new Wrong(problem, !text.includes('@'));
  },
  emptyIsNone: true,
};

export const word: Kind<string> = {
  schema: textSchema({ maxLength: LONGEST_WORD, pattern: '^[A-Za-z0-9_.-]*$' }),
  read: (text) =>
    text.length <= LONGEST_WORD && /^[\w.-]+$/.test(text) ? text : new Wrong('must be a name such as cisco_ios'),
  emptyIsNone: true,
};

export const flag: Kind<boolean> = {
  schema: { anyOf: [{ type: 'boolean' }, wordsSchema(['true', 'yes', 'on', 'y', 'false', 'no', 'off', 'n'])] },
  read: (text) => {
    if (/^(?:true|yes|on|y)$/i.test(text)) return true;
    if (/^(?:false|no|off|n)$/i.test(text)) return false;
    return new Wrong('must be true or false');
  },
};

export function integer(from: number, to: number): Kind<number> {
  return {
    schema: numberSchema('integer', { minimum: from, maximum: to }),
    read: (text) => {
      const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
      return value >= from && value <= to ? value : new Wrong(`must be ${from} to ${to}`);
    },
  };
}

export const port = integer(1, 65_535);

/** Seconds in the file, milliseconds in what is read. */
export const seconds: Kind<number> = {
  schema: numberSchema('number', { exclusiveMinimum: 0, maximum: MAX_SECONDS }),
  read: (text) => {
    const value = /^(?:\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    return value > 0 && value <= MAX_SECONDS
      ? Math.ceil(value * 1000)
      : new Wrong(`must be seconds, above 0 and at most ${MAX_SECONDS}`);
  },
};

/** The same, where 0 says that there is none, as in netmiko. */
export const secondsOrNone: Kind<number | undefined> = {
  schema: numberSchema('number', { minimum: 0, maximum: MAX_SECONDS }),
  read: (text) => (/^0+(?:\.0*)?$/.test(text) ? undefined : seconds.read(text)),
};

export const address: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9A-Fa-f:.]*(?:%.+)?$' },
  read: (text) => (isIP(text) === 0 ? new Wrong('must be an IPv4 or IPv6 address') : text),
  emptyIsNone: true,
};

/** The name of a network device or VRF (Linux: at most 15 characters, without a slash or a space). */
export const networkDevice: Kind<string> = {
  schema: textSchema({ maxLength: LONGEST_DEVICE_NAME, pattern: '^(?:[^\\s/:-][^\\s/]*)?$' }),
  read: (text) =>
    text.length <= LONGEST_DEVICE_NAME && /^[^\s/:\p{Cc}-][^\s/\p{Cc}]*$/u.test(text)
      ? text
      : new Wrong('must be the name of a network device or VRF, such as eth1'),
  emptyIsNone: true,
};

/** The names of a table, in any case; what is read is what the table has for one. */
export function oneOf<T extends string | number>(table: Readonly<Record<string, T>>): Kind<T> {
  return {
    schema: wordsSchema(Object.keys(table)),
    read: (text) => {
      const found = Object.entries(table).find(([name]) => name.toLowerCase() === text.toLowerCase());
      return found?.[1] ?? new Wrong(`must be one of ${Object.keys(table).join(', ')}`);
    },
  };
}

/** A path, relative to the working directory; `~/` is the user's home. */
export const path: Kind<string> = {
  schema: textSchema(),
  read: (text) =>
    text.includes('\0') ? new Wrong('must be a path') : resolve(text.replace(/^~(?=$|[\\/])/, homedir())),
  emptyIsNone: true,
};

/** A character encoding by its WHATWG label or by the name that Python has for it. */
export const encoding: Kind<string> = {
  schema: textSchema(),
  read: (text) => {
    const label = text.toLowerCase().replaceAll('_', '-');
    for (const candidate of [label, label.replace('-', ''), label.replace(/^(?:cp|windows)-?/, 'windows-')]) {
      try {
        return new TextDecoder(candidate).encoding;
      } catch {
        // Not a label: the next spelling.
      }
    }
    return new Wrong('must be a character encoding such as utf-8 or latin-1');
  },
  emptyIsNone: true,
};
