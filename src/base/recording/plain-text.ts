/** The text that a person reads in a stream of bytes, and where in it each character stands. */
export interface PlainText {
  readonly text: string;
  /** The place of each character in the stream. */
  readonly at: readonly number[];
  /** Where what is printed begins to be drawn over: behind so many characters of `text`. */
  readonly redrawn: readonly number[];
}

const ESCAPE_SEQUENCE =
  /\u001b(?:\[[0-?]*[ -/]*[@-~]|[()#][0-~]|\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)|[@-Z\\^_=>78])/y;

/**
 * Takes out what a terminal obeys and nobody reads: escape sequences, what breaks a long line (a line end, a space and a
 * carriage return), and characters that were rubbed out. An empty line stays: no wrap makes one. What is `typed` is not
 * wrapped: there each line end is one.
 */
export function plainText(stream: string, { typed = false } = {}): PlainText {
  const text: string[] = [];
  const at: number[] = [];
  const redrawn: number[] = [];
  const rubOut = (): void => {
    text.pop();
    at.pop();
  };
  let lineEnds = 0;
  for (let index = 0; index < stream.length; ) {
    const character = stream[index] ?? '';
    if (character >= ' ' && character !== '\u007f') {
      // How a terminal is made to go on in the next line: a space that is at once drawn over.
      const wraps = character === ' ' && stream[index + 1] === '\r' && stream[index + 2] !== '\n';
      if (!wraps) {
        text.push(character);
        at.push(index);
        lineEnds = 0;
      }
      index++;
    } else if (character === '\b' && stream.startsWith(' \b', index + 1)) {
      rubOut();
      index += 3;
    } else if (character === '\u001b') {
      ESCAPE_SEQUENCE.lastIndex = index;
      const sequence = ESCAPE_SEQUENCE.exec(stream)?.[0] ?? character;
      redrawn.push(text.length);
      index += sequence.length;
    } else {
      if (character === '\u007f') rubOut();
      else if (typed && /[\r\n\u0003\u001a]/.test(character)) {
        text.push('\n');
        at.push(index);
      } else if (character === '\n' && ++lineEnds > 1) {
        text.push('\n');
        at.push(index);
      } else if (character === '\b' || (character === '\r' && stream[index + 1] !== '\n')) redrawn.push(text.length);
      index++;
    }
  }
  return { text: text.join(''), at, redrawn };
}
