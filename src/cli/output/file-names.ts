import { createHash } from 'node:crypto';

const LONGEST = 100;

/** Names that Windows keeps for devices, whatever the ending. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** Turns a text into a part of a file name that every system takes: letters, digits, dot, dash and single underscores. */
export function slug(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9.-]+/g, '_')
    .replace(/^[._-]+|[._-]+$/g, '');
  const short = plain.slice(0, LONGEST);
  const safe = short === '' || RESERVED.test(short) ? `x${short === '' ? '' : `_${short}`}` : short;
  return plain.length > LONGEST ? `${safe}_${digest(text)}` : safe;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

/** Gives each text a slug of its own, also where two are alike but for case: the later ones get a mark of their text. */
export function uniqueSlugs(texts: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return texts.map((text, index) => {
    let name = slug(text);
    if (taken.has(name.toLowerCase())) name = `${name}_${digest(text)}`;
    if (taken.has(name.toLowerCase())) name = `${name}_${index + 1}`;
    taken.add(name.toLowerCase());
    return name;
  });
}
