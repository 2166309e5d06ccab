/** A word of a typed line, and the column where it begins. */
export interface Word {
  readonly text: string;
  readonly at: number;
}

/** Splits a line at blanks that are not in quotes; a quoted text is a part of its word. */
export function wordsOf(line: string): Word[] {
  return [...line.matchAll(/(?:[^\s"]|"[^"]*(?:"|$))+/g)].map((match) => ({ text: match[0], at: match.index }));
}

/** One word of a pattern. */
export type Slot =
  | { readonly kind: 'literal'; readonly words: readonly string[] }
  | { readonly kind: 'value'; readonly name: string; readonly type: string; readonly before: string }
  | { readonly kind: 'rest'; readonly name: string };

/** Returns the patterns that a text stands for: two where a word may be left out. */
export function slotsOf(pattern: string): Slot[][] {
  const optional = /^(.*?)\s*\[([^\]]*)\]\s*(.*)$/.exec(pattern);
  if (optional !== null) {
    const [, before = '', inner = '', after = ''] = optional;
    return [...slotsOf(`${before} ${inner} ${after}`), ...slotsOf(`${before} ${after}`)];
  }
  return [
    pattern
      .split(/\s+/)
      .filter((word) => word !== '')
      .map(slot),
  ];
}

function slot(word: string): Slot {
  const [, before = '', name, type = 'word', rest] = /^([^{}]*)\{(\w+)(?::([^}]+?))?(\.\.\.)?\}$/.exec(word) ?? [];
  if (name === undefined) return { kind: 'literal', words: word === '|' ? [word] : word.split('|') };
  return rest === undefined ? { kind: 'value', name, type, before } : { kind: 'rest', name };
}

const OCTETS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function isAddress(text: string): boolean {
  return (
    OCTETS.exec(text)
      ?.slice(1)
      .every((octet) => Number(octet) <= 255) ?? false
  );
}

/** Says whether a word is a value of that type: see `CommandData` for the types. */
export function isValue(text: string, type: string): boolean {
  const range = /^(\d+)-(\d+)$/.exec(type);
  if (range !== null) return /^\d+$/.test(text) && Number(text) >= Number(range[1]) && Number(text) <= Number(range[2]);
  const [address = '', length = ''] = text.split('/');
  switch (type) {
    case 'word':
      return true;
    case 'ip':
    case 'mask':
      return isAddress(text);
    case 'prefix':
      return isAddress(address) && /^\d{1,2}$/.test(length) && Number(length) <= 32;
    case 'clock':
      return /^\d\d:[0-5]\d:[0-5]\d$/.test(text);
    default:
      return type.split('|').includes(text.toLowerCase());
  }
}
