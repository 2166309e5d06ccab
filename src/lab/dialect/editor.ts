import type { EchoData } from './terminal-data.js';

/** How the editing of a line ended, or what it was interrupted for. */
export type LineEnd = 'enter' | 'end' | 'abort' | 'help' | 'complete';

export interface EditorOptions {
  readonly prompt: string;
  readonly echo: EchoData;
  /** `shown`; `hidden`, as a password; or a character that stands for each. */
  readonly show: 'shown' | 'hidden' | { readonly mask: string };
  readonly initial: string;
  readonly columns: number;
  /** The key that asks for help, where it does. */
  readonly helpKey: string | undefined;
  /** Returns what a blank, or the tab key, adds to the word before it. */
  readonly complete?: ((line: string) => string) | undefined;
}

const BELL = '\x07';
const LONGEST_LINE = 4096;

/** Edits one line at its end, and says what to print: how a key comes back is the dialect's. */
export class Editor {
  readonly #options: EditorOptions;
  #escape = '';
  line: string;

  constructor(options: EditorOptions) {
    this.#options = options;
    this.line = options.initial;
  }

  /** What is printed when the line is first shown. */
  open(): string {
    const { prompt, initial, echo } = this.#options;
    return prompt.replaceAll('\n', '\r\n') + this.#visible(initial) + (echo.before ?? '');
  }

  /** Takes one key; returns what to print, and how the line ended if it did. */
  key(character: string): { print: string; end?: LineEnd } {
    if (this.#escape !== '') return { print: this.#escaped(character) };
    const { helpKey, echo } = this.#options;
    if (character === '\r' || character === '\n') return { print: this.#entered(), end: 'enter' };
    if (character === '\x03') return { print: '^C\r\n', end: 'abort' };
    if (character === '\x1a') return { print: '\r\n', end: 'end' };
    if (character === helpKey) return { print: `${this.#visible(character)}\r\n`, end: 'help' };
    if (character === '\t') return { print: this.#completed('') };
    if (character === ' ' && echo.completesOnSpace) return { print: this.#completed(' ') };
    if (character === '\b' || character === '\x7f') return { print: this.#rubOut(1) };
    if (character === '\x15') return { print: this.#rubOut(this.line.length) };
    if (character === '\x17') return { print: this.#rubOut(/\S*\s*$/.exec(this.line)?.[0].length ?? 0) };
    if (character === '\x1b') this.#escape = character;
    return { print: character < ' ' ? '' : this.#insert(character) };
  }

  #insert(text: string): string {
    if (this.line.length + text.length > LONGEST_LINE) return BELL;
    const { echo, columns, prompt, show } = this.#options;
    const at = (prompt.split('\n').at(-1) ?? '').length + this.line.length + text.length;
    this.line += text;
    if (echo.manner === 'repainted' && show === 'shown') return this.#repaint();
    const margin = columns > 0 && at % columns === 0 ? (echo.margin ?? '') : '';
    return this.#visible(text) + margin;
  }

  #completed(behind: string): string {
    const { complete, show } = this.#options;
    const added = show === 'shown' ? (complete?.(this.line) ?? '') : '';
    return added + behind === '' ? '' : this.#insert(added + behind);
  }

  #rubOut(count: number): string {
    const gone = Math.min(count, this.line.length);
    this.line = this.line.slice(0, this.line.length - gone);
    const { show, echo } = this.#options;
    if (echo.manner === 'repainted' && show === 'shown') return this.#repaint();
    return show === 'hidden' ? '' : '\b \b'.repeat(gone);
  }

  #entered(): string {
    const { echo, show, prompt } = this.#options;
    const enter = echo.enter ?? '\r\n';
    const after = echo.after ?? '';
    const again = echo.manner === 'twice' && show === 'shown' && this.line !== '';
    const last = prompt.split('\n').at(-1) ?? '';
    return `${after}${again ? `\r${last}${this.line}` : ''}${enter}`;
  }

  #repaint(): string {
    const last = this.#options.prompt.split('\n').at(-1) ?? '';
    return `\r${last}${this.#visible(this.line)}\x1b[K`;
  }

  #visible(text: string): string {
    const { show, echo } = this.#options;
    if (show === 'hidden') return '';
    if (show !== 'shown') return show.mask.repeat(text.length);
    return echo.space === undefined ? text : text.replaceAll(' ', echo.space);
  }

  /** Arrow keys and what a terminal answers are swallowed to their last character. */
  #escaped(character: string): string {
    const begins = this.#escape === '\x1b' && (character === '[' || character === 'O');
    const goesOn = this.#escape.length > 1 && character >= ' ' && character < '@';
    this.#escape = begins || goesOn ? this.#escape + character : '';
    return '';
  }
}
