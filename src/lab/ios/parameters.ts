import { isIPv4 } from 'node:net';
import { interfaceName } from './interfaces.js';

/** What a parameter made of the words from an index on: its canonical text, and how many words it used. */
interface Taken {
  readonly text: string;
  readonly used: number;
}

type Words = readonly { readonly text: string }[];

export interface Parameter {
  readonly name: string;
  take(words: Words, index: number): Taken | undefined;
}

const oneWord =
  (check: (word: string) => boolean) =>
  (words: Words, index: number): Taken | undefined => {
    const word = words[index]?.text ?? '';
    return check(word) ? { text: word, used: 1 } : undefined;
  };

const KINDS: Readonly<Record<string, Parameter['take']>> = {
  WORD: oneWord(() => true),
  /** A host name, or what cannot be taken for a mistyped address. */
  NAME: oneWord((word) => /^[A-Za-z_][\w.-]*$/.test(word)),
  'A.B.C.D': oneWord(isIPv4),
  'A.B.C.D/nn': oneWord((word) => {
    const [address = '', bits = '', more] = word.split('/');
    return isIPv4(address) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32 && more === undefined;
  }),
  LINE: (words, index) => {
    const rest = words.slice(index).map((word) => word.text);
    return { text: rest.join(' '), used: rest.length };
  },
  /** `Ethernet0/0`, `Loopback 10`, `gi0/1`. */
  INTERFACE: (words, index) => {
    const [first = '', second = ''] = words.slice(index, index + 2).map((word) => word.text);
    const whole = interfaceName(first);
    if (whole !== undefined) return { text: whole, used: 1 };
    const joined = /\d/.test(first) ? undefined : interfaceName(first + second);
    return joined === undefined ? undefined : { text: joined, used: 2 };
  },
};

/** Returns the parameter of that name in a pattern: one of the kinds above, or a range of numbers such as `<0-512>`. */
export function parameterNamed(name: string): Parameter {
  const range = /^<(\d+)-(\d+)>$/.exec(name);
  if (range !== null) {
    const [least, most] = [Number(range[1]), Number(range[2])];
    return {
      name,
      take: oneWord((word) => /^\d{1,10}$/.test(word) && Number(word) >= least && Number(word) <= most),
    };
  }
  const take = KINDS[name];
  if (take === undefined) throw new Error(`a pattern of the lab has an unknown parameter: ${name}`);
  return { name, take };
}
