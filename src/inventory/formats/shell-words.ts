/** A word of a line, and where it begins. */
export interface Word {
  readonly text: string;
  readonly at: number;
  /** Whether a comment begins right behind it, without a space. */
  readonly cut: boolean;
}

/** Why a line cannot be split. */
export interface BadWords {
  readonly at: number;
  readonly why: string;
}

/**
 * Splits a line as a POSIX shell does, with quotes and backslashes and without expansions, up to a `#` outside of quotes:
 * so does Ansible, whose `abc#1` is `abc` and a comment (Python's shlex.split with comments). `cut` tells of such a word.
 */
export function shellWords(line: string, start = 0): readonly Word[] | BadWords {
  if (!/["'\\#]/.test(line)) {
    return [...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({ text, at: start + index, cut: false }));
  }
  const words: Word[] = [];
  let position = 0;
  while (position < line.length) {
    const character = line[position] ?? '';
    if (/\s/.test(character)) position += 1;
    else if (character === '#') break;
    else {
      const word = wordAt(line, position);
      if ('why' in word) return { ...word, at: start + word.at };
      words.push({ text: word.text, at: start + position, cut: line[word.end] === '#' });
      position = word.end;
    }
  }
  return words;
}

function wordAt(line: string, from: number): { readonly text: string; readonly end: number } | BadWords {
  const part = /[^\s"'\\#]+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/y;
  part.lastIndex = from;
  let text = '';
  let end = from;
  for (let found = part.exec(line); found !== null; found = part.exec(line)) {
    const [whole, single, double, escaped] = found;
    text += single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? whole;
    end = part.lastIndex;
  }
  const next = line[end];
  if (next === '"' || next === "'") return { at: end, why: `a quote (${next}) that does not end on this line` };
  if (next === '\\') return { at: end, why: 'a backslash at the end of the line' };
  return { text, end };
}
