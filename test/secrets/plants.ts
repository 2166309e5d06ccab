import { createHash, randomBytes } from 'node:crypto';
import { inspect } from 'node:util';

/** So many characters of a secret in a row are a part of it that nobody writes by chance. */
const PART = 8;

/** Secrets that can be told from everything else, and what finds them again in whatever form. */
export class Plants {
  readonly #values = new Map<string, string>();

  /** Makes a secret; `odd` has characters that quoting, escaping, patterns and other encodings change. */
  make(name: string, kind: 'plain' | 'odd' = 'plain'): string {
    const random = (): string => randomBytes(7).toString('hex');
    const value = kind === 'plain' ? `${random()}${random()}` : `${random()}"$&'\\d é%(${random()}`;
    this.#values.set(name, value);
    return value;
  }

  /** The names of the secrets that a text holds, each with the form that it was found in. */
  in(text: string): string[] {
    const found: string[] = [];
    // Over whatever line ends, list commas and escapes break a text into pieces.
    const joined = text.replace(/\s+|\\[rn]/g, '');
    for (const [name, value] of this.#values) {
      for (const [form, written] of formsOf(value)) {
        if (text.includes(written) || joined.includes(written.replace(/\s+/g, ''))) found.push(`${name} (${form})`);
      }
    }
    return found;
  }

  /** The same for a value, in all the ways in which it may be printed. */
  inValue(value: unknown): string[] {
    const shown = [
      inspect(value, { depth: Infinity, showHidden: true, maxArrayLength: null, maxStringLength: null }),
      inspect(value, { depth: Infinity, showHidden: true, getters: true, maxStringLength: null }),
      String(value),
      json(value),
      value instanceof Error ? `${value.stack} ${inspect(value.cause, { depth: Infinity })}` : '',
    ];
    return [...new Set(shown.flatMap((text) => this.in(text)))];
  }
}

/** What refers to itself is printed up to there. */
function json(value: unknown): string {
  const above = new WeakSet<object>();
  const once = (_key: string, part: unknown): unknown => {
    if (typeof part === 'bigint') return String(part);
    if (typeof part !== 'object' || part === null) return part;
    if (above.has(part)) return undefined;
    above.add(part);
    return part;
  };
  return JSON.stringify(value, once) ?? '';
}

function formsOf(value: string): [form: string, text: string][] {
  const bytes = Buffer.from(value);
  const parts = new Set<string>();
  for (let at = 0; at + PART <= value.length; at++) parts.add(value.slice(at, at + PART));
  const hash = createHash('sha256').update(bytes).digest();
  const hashes = (['hex', 'base64'] as const).map((form): [string, string] => ['as a hash', hash.toString(form)]);
  const forms: [string, string][] = [
    ['whole', value],
    ['for JSON', JSON.stringify(value).slice(1, -1)],
    ['in a URL', encodeURIComponent(value)],
    ['as hex', bytes.toString('hex')],
    ['as dumped bytes', [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')],
    ['as numbers', [...bytes].join(',')],
    ...hashes,
    ['backwards', [...value].reverse().join('')],
    ...[...parts].map((part): [string, string] => ['in part', part]),
  ];
  // Where it begins within three bytes decides what base64 makes of it; the ends depend on what stands beside it.
  for (const before of [0, 1, 2]) {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    forms.push(['as base64', whole.slice(before === 0 ? 0 : 4, -4)]);
  }
  return forms;
}
