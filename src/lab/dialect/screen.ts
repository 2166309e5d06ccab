import type { FaultPlan } from '../faults.js';
import type { Tty } from '../ios/tty.js';
import type { Dialect } from './dialect.js';
import { Editor, type EditorOptions, type LineEnd } from './editor.js';
import type { EchoData, PagerData } from './terminal-data.js';
import type { UserName } from './user-suffix.js';

const COLOUR = /\x1b\[[\d;]*m/g;

/** The terminal of one conversation: it reads lines, and prints through the dialect's pager. */
export class Screen {
  readonly tty: Tty;
  readonly #dialect: Dialect;
  readonly #echoes: boolean;
  /** Lines on a page; 0 turns the pager off. */
  pageLength: number;
  /** Set by a command: the client's window is followed no more. */
  fixed = { length: false, width: false };
  completes: boolean;
  /** False: nothing is asked of the terminal, and nothing painted anew. */
  clever = true;
  #colours = true;

  constructor(tty: Tty, dialect: Dialect, faults: FaultPlan) {
    this.tty = tty;
    this.#dialect = dialect;
    this.#echoes = faults.echo;
    this.pageLength = dialect.pager?.rows ?? 24;
    if (dialect.pager?.rows !== undefined) this.fixed.length = true;
    this.completes = dialect.echo?.completesOnSpace === true;
  }

  /** A size of 0 says that the client does not know it. */
  resize({ columns, rows }: { columns: number; rows: number }): void {
    if (columns > 0 && !this.fixed.width) this.tty.columns = columns;
    if (rows > 0 && !this.fixed.length) this.pageLength = rows;
  }

  /** Takes what the user's name says of the terminal. */
  apply({ colours, clever, columns, rows }: Omit<UserName, 'name'>): void {
    this.clever = clever;
    this.#colours = colours;
    if (columns !== undefined) this.tty.columns = columns;
    if (rows !== undefined) this.pageLength = rows;
    this.fixed = { width: this.fixed.width || columns !== undefined, length: this.fixed.length || rows !== undefined };
  }

  print(lines: readonly string[]): void {
    const end = this.#dialect.lineEnd ?? '\r\n';
    if (lines.length > 0) this.tty.print(lines.join(end) + end);
  }

  /** Reads a line at a prompt. */
  async readLine(
    options: Pick<EditorOptions, 'prompt'> & Partial<EditorOptions>,
  ): Promise<{ line: string; end: LineEnd }> {
    const { echo: dialects = {} } = this.#dialect;
    const echo: EchoData = this.clever ? dialects : {};
    const { completesOnSpace, ...plain } = echo;
    const editor = new Editor({
      echo: this.completes && completesOnSpace ? { ...plain, completesOnSpace } : plain,
      show: this.#echoes ? 'shown' : 'hidden',
      initial: '',
      columns: this.tty.columns,
      helpKey: undefined,
      ...options,
      prompt: this.#colours ? options.prompt : options.prompt.replace(COLOUR, ''),
    });
    this.tty.print(editor.open());
    return this.tty.readKeys((character, done) => {
      const { print, end } = editor.key(character);
      this.tty.print(print);
      if (end !== undefined) done({ line: editor.line, end });
    });
  }

  /** Prints an answer a page at a time. */
  async page(lines: readonly string[], how: 'never' | 'always' | undefined): Promise<void> {
    const { pager } = this.#dialect;
    const length = this.pageLength === 0 && how === 'always' ? 24 : this.pageLength;
    if (pager === undefined || length === 0 || how === 'never') {
      this.print(lines);
      return;
    }
    let room = length - 1;
    for (const line of lines) {
      if (room <= 0) {
        room = await this.#more(pager, length);
        if (room === 0) return;
      }
      this.print([line]);
      room -= Math.max(1, Math.ceil(line.length / (this.tty.columns || Infinity)));
    }
  }

  /** Waits at the pager's prompt; returns how many lines may follow, 0 for no more. */
  async #more(
    { prompt, erase, page = [' '], line = ['\r', '\n'], all = [], quit = ['q', 'Q', '\x03'] }: PagerData,
    length: number,
  ) {
    this.tty.print(prompt);
    for (;;) {
      const key = await this.tty.readKey();
      const room = page.includes(key)
        ? length - 1
        : line.includes(key)
          ? 1
          : all.includes(key)
            ? Infinity
            : quit.includes(key)
              ? 0
              : undefined;
      if (room === undefined) continue;
      this.tty.print(erase);
      return room;
    }
  }
}
