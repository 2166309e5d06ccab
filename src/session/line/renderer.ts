/**
 * Renders what a device prints into the lines that a person would see: carriage return, backspace, erasing, cursor left
 * and right, tabs and wrapping at the terminal's width (ECMA-48; the codes that line editors of devices use). It works
 * on lines, not on a screen: what has scrolled away stays as it was.
 */
export class Renderer {
  readonly #width: number;
  readonly #onLine: (line: string) => void;
  /** The line that the cursor is on; as a text while only printing happened on it, as cells while it is being edited. */
  #text = '';
  #cells: string[] | undefined;
  /** Whole rows of it before those cells, which no edit reaches any more: a cell takes many times what a character does. */
  #rows = '';
  /** The cursor's place in the cells. */
  #column = 0;
  /** Whether the cursor came to its column by printing: behind the last column it then still waits on that row. */
  #printed = true;
  #forget = false;
  /** An escape sequence that the last chunk has cut. */
  #pending = '';

  /** `onLine` gets each line when the device has ended it. */
  constructor(width: number, onLine: (line: string) => void) {
    this.#width = width;
    this.#onLine = onLine;
  }

  /** The line that the cursor is on, whole. */
  get line(): string {
    if (this.#cells === undefined) return this.#text;
    return this.#rows + this.#cellsUpTo(Math.max(this.#column, this.#visibleLength()));
  }

  /** The same, when it is no longer than that and nothing that can be seen stands behind the cursor; else empty. */
  lineBeforeCursor(longest: number): string {
    if (this.lineLength > longest) return '';
    return this.#cells === undefined || this.#column >= this.#visibleLength() ? this.line : '';
  }

  /**
   * Takes the line that the cursor is on for a pager's, which is no part of the answer: it is erased, though not every
   * device rubs it out. Where text follows right behind it, it was an ordinary line that had come in two pieces.
   */
  forgetLine(): void {
    this.#forget = true;
  }

  /** Erases the line that the cursor is on, and leaves the cursor where it is. */
  eraseLine(): void {
    this.#edit();
    const rows = Array.from(this.#rows);
    this.#rows = '';
    this.#column += rows.length;
    this.#cells = [...rows, ...this.#edit()].fill(ERASED);
  }

  /** How many characters the line holds that the cursor is on. */
  get lineLength(): number {
    return this.#rows.length + (this.#cells?.length ?? this.#text.length);
  }

  write(text: string): void {
    // What no terminal shows is taken out at once: character by character it would cost a string each.
    let rest = (this.#pending + text).replace(UNSEEN, '');
    this.#pending = '';
    if (this.#forget && rest !== '') {
      if (rest.search(CONTROL) === 0) this.eraseLine();
      this.#forget = false;
    }
    while (rest !== '') {
      const stop = rest.search(CONTROL);
      if (stop === -1) return this.#print(rest);
      if (stop > 0) this.#print(rest.slice(0, stop));
      const used = this.#control(rest, stop);
      if (used === 0) {
        this.#pending = rest.slice(stop, stop + LONGEST_SEQUENCE);
        return;
      }
      rest = rest.slice(stop + used);
    }
  }

  #print(text: string): void {
    if (this.#cells === undefined && !SURROGATE.test(text)) {
      this.#text += text;
      return;
    }
    const cells = this.#edit();
    for (const character of text) {
      while (cells.length < this.#column) cells.push(' ');
      const over = this.#column < cells.length;
      cells[this.#column++] = character === ' ' && over ? ERASED : character;
      if (cells.length > CELLS_BESIDE + 2 * this.#width) this.#leaveRows(cells);
    }
    this.#printed = true;
  }

  /** Takes the rows above that of the cursor out of the cells: no control goes back over them. */
  #leaveRows(cells: string[]): void {
    const above = Math.floor((this.#column - 1) / this.#width) * this.#width;
    this.#rows += this.#cellsUpTo(above);
    cells.splice(0, above);
    this.#column -= above;
  }

  /** Carries out the control at `at` and returns how many characters it took: 0 when the rest of it is still to come. */
  #control(text: string, at: number): number {
    switch (text[at]) {
      case '\n':
        this.#endLine();
        return 1;
      case '\r':
        // The usual line end costs no editing.
        if (text[at + 1] === '\n') return 1;
        this.#moveTo(this.#rowStart());
        return 1;
      case '\b':
        if (this.#at() > this.#rowStart()) this.#moveTo(Math.max(this.#onScreen() - 1, this.#rowStart()));
        return 1;
      case '\t': {
        this.#tab();
        return 1;
      }
      case '\u001b':
        return this.#escape(text, at);
      default:
        return 1;
    }
  }

  /** To the next eighth column of the row, and no further than its last; behind that the cursor stays where it is. */
  #tab(): void {
    const [at, start] = [this.#at(), this.#rowStart()];
    if (at - start >= this.#width) return;
    const next = start + Math.min((Math.floor((at - start) / 8) + 1) * 8, this.#width - 1);
    if (this.#cells === undefined) this.#text += ' '.repeat(next - at);
    else this.#moveTo(next);
  }

  #escape(text: string, at: number): number {
    const match = SEQUENCE.exec(text.slice(at, at + LONGEST_SEQUENCE));
    if (match === null) return text.length - at < LONGEST_SEQUENCE && BEGINNING.test(text.slice(at)) ? 0 : 1;
    const [whole, parameters, final] = match;
    if (final !== undefined) this.#csi(final, parameters ?? '');
    else if (whole === NEXT_LINE) this.#endLine();
    return whole.length;
  }

  #csi(final: string, parameters: string): void {
    // What a device asks for is no more than a row holds, or one sequence could ask for all memory.
    const count = Math.min(Math.max(1, Number.parseInt(parameters, 10) || 1), this.#width);
    switch (final) {
      case 'C':
        return this.#moveTo(Math.min(this.#at() + count, this.#rowStart() + this.#width - 1));
      case 'D':
        return this.#moveTo(Math.max(this.#onScreen() - count, this.#rowStart()));
      case 'G':
        return this.#moveTo(this.#rowStart() + Math.min(count, this.#width) - 1);
      case 'H':
      case 'f': {
        // A device that writes on the last row alone (ProCurve) names its row each time: the column is what counts.
        const column = Math.max(1, Number.parseInt(parameters.split(';')[1] ?? '', 10) || 1);
        return this.#moveTo(this.#rowStart() + Math.min(column, this.#width) - 1);
      }
      case 'L':
        // So does its line end: a line goes at the top of the screen, and an empty one comes in at the bottom.
        return this.#endLine();
      case 'J':
      case 'K':
        return this.#eraseInLine(parameters);
      case 'P':
        this.#edit().splice(this.#column, count);
        return;
      case '@':
        this.#insertBlanks(count);
        return;
      case 'X':
        this.#edit().fill(ERASED, this.#column, this.#column + count);
        return;
      default:
        // Colours, modes and what moves between rows say nothing on a line.
        return;
    }
  }

  /** Pushes what follows to the right; what leaves the row is lost, as on a terminal, so that a row never grows. */
  #insertBlanks(count: number): void {
    const cells = this.#edit();
    const rowEnd = this.#rowStart() + this.#width;
    while (cells.length < this.#column) cells.push(' ');
    const tail = cells.slice(this.#column, Math.max(this.#column, rowEnd - count));
    for (let index = 0; index < count && this.#column + index < rowEnd; index++) cells[this.#column + index] = ' ';
    for (const [index, cell] of tail.entries()) cells[this.#column + count + index] = cell;
    cells.length = Math.min(cells.length, Math.max(rowEnd, this.#column));
  }

  #eraseInLine(parameters: string): void {
    const cells = this.#edit();
    if (parameters === '1') cells.fill(ERASED, this.#rowStart(), this.#column + 1);
    else if (parameters === '2') cells.fill(ERASED, this.#rowStart());
    else cells.length = Math.min(cells.length, this.#column);
  }

  #endLine(): void {
    this.#onLine(this.#cells === undefined ? this.#text : this.#rows + this.#cellsUpTo(this.#visibleLength()));
    this.#text = '';
    this.#rows = '';
    this.#cells = undefined;
    this.#column = 0;
    this.#printed = true;
  }

  #cellsUpTo(end: number): string {
    return (this.#cells ?? [])
      .slice(0, end)
      .map((cell) => (cell === ERASED ? ' ' : cell))
      .join('');
  }

  /** The length without what was erased at the end. */
  #visibleLength(): number {
    const cells = this.#cells ?? [];
    const blanksFrom = cells.findLastIndex((cell) => cell !== ERASED && cell !== ' ') + 1;
    const erasedFrom = cells.indexOf(ERASED, blanksFrom);
    return erasedFrom === -1 ? cells.length : erasedFrom;
  }

  #at(): number {
    return this.#cells === undefined ? this.#text.length : this.#column;
  }

  /**
   * Where the terminal's row begins that the cursor is on: a line longer than the terminal takes several rows, and a
   * carriage return goes to the start of the last. Behind the last column the cursor waits on that row.
   */
  #rowStart(): number {
    const at = this.#at();
    const waits = at > 0 && this.#printed && at % this.#width === 0;
    return Math.floor((waits ? at - 1 : at) / this.#width) * this.#width;
  }

  /** Where a terminal shows the cursor: one that waits behind the last column is shown on it, and moves from there. */
  #onScreen(): number {
    return Math.min(this.#at(), this.#rowStart() + this.#width - 1);
  }

  #edit(): string[] {
    if (this.#cells === undefined) {
      const row = this.#rowStart();
      this.#rows = this.#text.slice(0, row);
      this.#cells = [...this.#text.slice(row)];
      this.#text = '';
      this.#column = this.#cells.length;
    }
    return this.#cells;
  }

  #moveTo(column: number): void {
    // It was counted from where the cells begin, which is no longer the line's beginning once there are any.
    const isText = this.#cells === undefined;
    this.#edit();
    this.#column = column - (isText ? this.#rows.length : 0);
    this.#printed = false;
  }
}

/** Controls that move nothing and show nothing; BEL is none of them, for it ends a string sequence. */
const UNSEEN = /[\u0000-\u0006\u000b\u000c\u000e-\u001a\u001c-\u001f\u007f]/g;

const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;

const SURROGATE = /[\ud800-\udfff]/;

/** ECMA-48 NEL: a carriage return and a line feed in one. */
const NEXT_LINE = '\u001bE';

/** A cell that was erased, or printed over with a blank: at the end of a line it is nothing, before that a blank. */
const ERASED = '';

/** So many cells more than two rows are kept before the rows above the cursor's are taken out, many at once. */
const CELLS_BESIDE = 4_096;

/** A sequence longer than this is none. */
const LONGEST_SEQUENCE = 256;

/**
 * ECMA-48: CSI with its parameters and final byte; OSC and the other strings up to BEL or ST; and the short ones. No
 * string goes on over a line end: one that was never ended must not swallow what follows.
 */
const SEQUENCE =
  /^(?:\u001b\[([0-?]*)[ -/]*([@-~])|\u001b[\]PX^_][^\u0007\u001b\r\n]*(?:\u0007|\u001b\\)|\u001b[ -/]+[0-~]|\u001b[0-OQ-WYZ\\`-~])/;

/** What may still become a sequence; anything else behind an escape is text. */
const BEGINNING = /^\u001b(?:\[[0-?]*[ -/]*|[\]PX^_][^\u0007\u001b\r\n]*\u001b?|[ -/]*)$/;
