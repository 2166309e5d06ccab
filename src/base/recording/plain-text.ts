/** The text that a person reads in a stream of bytes, and where in it each character stands. */
export interface PlainText {
  readonly text: string;
  /** Returns the place in the stream of a character of the text. */
  at(index: number): number;
  /** Where what is printed begins to be drawn over: behind so many characters of `text`. */
  readonly redrawn: readonly number[];
}

/** Characters that stand beside one another in the stream as they do in the text. */
interface Run {
  readonly text: string;
  readonly inText: number;
  readonly inStream: number;
}

const ESCAPE_SEQUENCE =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[()#][0-~]|\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)|[@-Z\\^_=>78])/y;
const PRINTED = /[ -~\u0080-\uffff]+/y;
const TYPED_END = /[\r\n\u0003\u001a]/;

/**
 * Takes out what a terminal obeys and nobody reads: escape sequences, what breaks a long line (a line end, a space and a
 * carriage return), and characters that were rubbed out. An empty line stays: no wrap makes one. What is `typed` is not
 * wrapped: there each line end is one.
 */
export function plainText(stream: string, { typed = false } = {}): PlainText {
  const runs: Run[] = [];
  const redrawn: number[] = [];
  let length = 0;
  const add = (text: string, inStream: number): void => {
    if (text === '') return;
    runs.push({ text, inText: length, inStream });
    length += text.length;
  };
  const rubOut = (): void => {
    const last = runs.pop();
    if (last === undefined) return;
    length = last.inText;
    add(last.text.slice(0, -1), last.inStream);
  };
  let lineEnds = 0;
  for (let index = 0; index < stream.length; ) {
    PRINTED.lastIndex = index;
    const printed = PRINTED.exec(stream)?.[0];
    if (printed !== undefined) {
      const end = index + printed.length;
      // How a terminal is made to go on in the next line: a space that is at once drawn over.
      const wraps = printed.endsWith(' ') && stream[end] === '\r' && stream[end + 1] !== '\n';
      const text = wraps ? printed.slice(0, -1) : printed;
      if (text !== '') lineEnds = 0;
      add(text, index);
      index = end;
      continue;
    }
    const character = stream[index] ?? '';
    if (character === '\b' && stream.startsWith(' \b', index + 1)) {
      rubOut();
      index += 3;
      continue;
    }
    if (character === '\u001b') {
      ESCAPE_SEQUENCE.lastIndex = index;
      redrawn.push(length);
      index += ESCAPE_SEQUENCE.exec(stream)?.[0].length ?? 1;
      continue;
    }
    if (character === '\u007f') rubOut();
    else if (typed && TYPED_END.test(character)) add('\n', index);
    else if (character === '\n' && ++lineEnds > 1) add('\n', index);
    else if (character === '\b' || (character === '\r' && stream[index + 1] !== '\n')) redrawn.push(length);
    index++;
  }
  return { text: runs.map(({ text }) => text).join(''), at: (index) => placeIn(runs, index), redrawn };
}

function placeIn(runs: readonly Run[], index: number): number {
  let low = 0;
  let high = runs.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((runs[middle]?.inText ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  const run = runs[low];
  return run === undefined ? 0 : run.inStream + index - run.inText;
}
