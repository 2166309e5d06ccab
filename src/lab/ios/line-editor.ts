/** How the editing of one line ended, or what it was interrupted for. */
export type LineEnd = 'enter' | 'end' | 'abort' | 'help' | 'complete';

/** IOS takes no more characters than this on a line. */
const LONGEST_LINE = 254;
/** How far IOS shifts a line that has reached the right margin. */
const SCROLL = 10;
const BELL = '\x07';

export interface LineEditorOptions {
  readonly prompt: string;
  readonly width: number;
  /** False while a password is typed: nothing is shown. */
  readonly echo: boolean;
  /** True where `?` and tab are questions to the parser; elsewhere they are characters. */
  readonly help: boolean;
  readonly initial: string;
  /** Earlier lines, oldest first. */
  readonly history: readonly string[];
}

/**
 * Edits one line as IOS does ("Using the Cisco IOS Command-Line Interface", editing keys), and says what to print. A
 * line that is longer than the terminal is wide is scrolled, with `$` where text is hidden.
 */
export class LineEditor {
  readonly #options: LineEditorOptions;
  readonly #room: number;
  #line: string;
  #cursor: number;
  #scroll = 0;
  #shown = '';
  #shownCursor = 0;
  #escape = '';
  #literal = false;
  #recalled: number;

  constructor(options: LineEditorOptions) {
    this.#options = options;
    this.#line = options.initial;
    this.#cursor = options.initial.length;
    this.#recalled = options.history.length;
    // A width of 0 is a terminal without a margin.
    this.#room = options.width === 0 ? Infinity : Math.max(SCROLL + 2, options.width - options.prompt.length - 1);
  }

  get line(): string {
    return this.#line;
  }

  /** Returns what to print when the line is first shown, the prompt included. */
  open(): string {
    return this.#options.prompt + (this.#options.echo ? this.#refresh() : '');
  }

  /** Takes one character; returns what to print, and how the line ended if it did. */
  key(character: string): { print: string; end?: LineEnd } {
    if (this.#literal) {
      this.#literal = false;
      return { print: this.#insert(character) };
    }
    if (this.#escape !== '') return { print: this.#escaped(character) };
    const end = this.#ending(character);
    if (end !== undefined) return { print: this.#options.echo || end === 'abort' ? ECHO_OF[end] : '\r\n', end };
    if (character >= ' ' && character !== '\x7f') return { print: this.#insert(character) };
    return { print: this.#edit(character) };
  }

  #ending(character: string): LineEnd | undefined {
    if (character === '\r' || character === '\n') return 'enter';
    if (character === '\x03') return 'abort';
    if (character === '\x1a') return 'end';
    if (!this.#options.help) return undefined;
    if (character === '?') return 'help';
    return character === '\t' ? 'complete' : undefined;
  }

  #insert(text: string): string {
    if (this.#line.length >= LONGEST_LINE) return BELL;
    return this.#change(this.#line.slice(0, this.#cursor) + text + this.#line.slice(this.#cursor), this.#cursor + 1);
  }

  #edit(character: string): string {
    const before = this.#line.slice(0, this.#cursor);
    const after = this.#line.slice(this.#cursor);
    switch (character) {
      case '\b':
      case '\x7f':
        return this.#change(before.slice(0, -1) + after, this.#cursor - 1);
      case '\x01':
        return this.#change(this.#line, 0);
      case '\x02':
        return this.#change(this.#line, this.#cursor - 1);
      case '\x04':
        return this.#change(before + after.slice(1), this.#cursor);
      case '\x05':
        return this.#change(this.#line, this.#line.length);
      case '\x06':
        return this.#change(this.#line, this.#cursor + 1);
      case '\x0b':
        return this.#change(before, this.#cursor);
      case '\x0c':
      case '\x12':
        return this.#redisplay();
      case '\x0e':
        return this.#recall(+1);
      case '\x10':
        return this.#recall(-1);
      case '\x15':
      case '\x18':
        return this.#change(after, 0);
      case '\x16':
        this.#literal = true;
        return '';
      case '\x17': {
        const kept = before.replace(/\S*\s*$/, '');
        return this.#change(kept + after, kept.length);
      }
      case '\x1b':
        this.#escape = character;
        return '';
      default:
        return '';
    }
  }

  /** Arrow keys: ESC [ A to D; any other sequence is swallowed to its last character. */
  #escaped(character: string): string {
    if (this.#escape === '\x1b' && (character === '[' || character === 'O')) {
      this.#escape = character;
      return '';
    }
    if (this.#escape !== '\x1b' && character >= ' ' && character < '@') return '';
    const sequence = this.#escape === '\x1b' ? '' : character;
    this.#escape = '';
    if (sequence === 'A') return this.#recall(-1);
    if (sequence === 'B') return this.#recall(+1);
    if (sequence === 'C') return this.#change(this.#line, this.#cursor + 1);
    return sequence === 'D' ? this.#change(this.#line, this.#cursor - 1) : '';
  }

  #recall(step: number): string {
    const next = this.#recalled + step;
    if (next < 0 || next > this.#options.history.length) return BELL;
    this.#recalled = next;
    const line = this.#options.history[next] ?? '';
    return this.#change(line, line.length);
  }

  #redisplay(): string {
    this.#shown = '';
    this.#shownCursor = 0;
    return `\r\n${this.open()}`;
  }

  #change(line: string, cursor: number): string {
    this.#line = line;
    this.#cursor = Math.max(0, Math.min(cursor, line.length));
    return this.#options.echo ? this.#refresh() : '';
  }

  /** Returns what turns the line as it stands on the screen into the line as it is now. */
  #refresh(): string {
    while (this.#cursor - this.#scroll >= this.#room) this.#scroll += SCROLL;
    while (this.#scroll > 0 && this.#cursor <= this.#scroll) this.#scroll = Math.max(0, this.#scroll - SCROLL);
    const visible = this.#visible();
    const cursor = this.#cursor - this.#scroll;
    let same = 0;
    const most = Math.min(visible.length, this.#shown.length, this.#shownCursor);
    while (same < most && visible[same] === this.#shown[same]) same++;
    if (visible === this.#shown) same = Math.min(cursor, this.#shownCursor);
    const erased = Math.max(0, this.#shown.length - visible.length);
    const from = visible === this.#shown && cursor <= this.#shownCursor ? same : visible.length + erased;
    const print =
      '\b'.repeat(this.#shownCursor - same) + visible.slice(same, from) + ' '.repeat(from > same ? erased : 0);
    this.#shown = visible;
    this.#shownCursor = cursor;
    return print + '\b'.repeat(from - cursor);
  }

  #visible(): string {
    const end = this.#scroll + this.#room;
    const text = this.#line.slice(this.#scroll, end);
    const left = this.#scroll > 0 ? `$${text.slice(1)}` : text;
    return this.#line.length > end ? `${left.slice(0, -1)}$` : left;
  }
}

const ECHO_OF: Readonly<Record<LineEnd, string>> = {
  enter: '\r\n',
  end: '^Z\r\n',
  abort: '^C\r\n',
  help: '?\r\n',
  complete: '\r\n',
};
