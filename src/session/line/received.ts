import { Answer, type AnswerRange, type OnDisk } from './answer.js';
import { SpoolFile } from './spool-file.js';

/** What a line costs beside its characters. */
const LINE_COST = 16;

/** An answer that holds more goes to disk, in pieces of this size. */
const LARGE = 64 * 1024 * 1024;
const PIECE = 4 * 1024 * 1024;

/** What one answer may hold in memory when all of them together hold too much. */
const LEAST = 256 * 1024;

/** So many of the first and of the last lines are always at hand: for echo, stamps, refusals, prompts. */
const AT_HAND = 64;

/** All that a device has said since a moment, as bytes and as rendered lines; the older part of much of it on disk. */
export class Received {
  readonly #head: string[] = [];
  #lines: string[] = [];
  #raw: Uint8Array[] = [];
  #disk: OnDisk | undefined;
  #rawBytes = 0;
  #rawHeld = 0;
  #held = 0;
  #taken = false;
  /** What all the lines take: a few bytes may print much more than themselves. */
  #printed = 0;

  addBytes(bytes: Uint8Array): void {
    // A small piece of a large buffer would keep all of it alive.
    this.#raw.push(bytes.buffer.byteLength > 2 * bytes.length ? bytes.slice() : bytes);
    this.#rawBytes += bytes.length;
    this.#rawHeld += bytes.length;
    this.#held += bytes.length;
  }

  addLine(line: string): void {
    this.#lines.push(line);
    this.#printed += line.length + LINE_COST;
    this.#held += line.length + LINE_COST;
  }

  /** The lines in memory: all of them but for a large answer. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** How many lines there were in all. */
  get count(): number {
    return this.#onDisk + this.#lines.length;
  }

  /** The line of that number, counted from 0; undefined where it does not exist or is no longer at hand. */
  lineAt(index: number): string | undefined {
    return index < this.#onDisk ? this.#head[index] : this.#lines[index - this.#onDisk];
  }

  /** The lines from that number on; undefined where some of them are on disk. */
  linesFrom(index: number): readonly string[] | undefined {
    return index < this.#onDisk ? undefined : this.#lines.slice(index - this.#onDisk);
  }

  /** What it takes in memory. */
  get held(): number {
    return this.#held;
  }

  /** How large it is: in bytes as received, or in characters as rendered, whichever is more. */
  get size(): number {
    return Math.max(this.#rawBytes, this.#printed);
  }

  /** Moves to disk what is too much for memory, but for the last lines. @throws ConversationError (`output_too_large`). */
  relieve(memoryIsShort: boolean): void {
    const most = memoryIsShort ? LEAST : this.#disk === undefined ? LARGE : PIECE;
    // Without a line end there may be nothing but bytes to move.
    if (this.#held <= most || (this.#lines.length <= AT_HAND && this.#rawHeld <= most / 2)) return;
    const { file, text, raw, lines } = this.#disk ?? { file: new SpoolFile(), text: [], raw: [], lines: 0 };
    const moved = this.#lines.splice(0, Math.max(0, this.#lines.length - AT_HAND));
    this.#head.push(...moved.slice(0, AT_HAND - this.#head.length));
    this.#disk = {
      file,
      text: [...text, ...inPieces(moved).map((piece) => file.append(Buffer.from(piece)))],
      raw: [...raw, file.append(Buffer.concat(this.#raw))],
      lines: lines + moved.length,
    };
    this.#raw = [];
    this.#rawHeld = 0;
    this.#held = this.#lines.reduce((sum, line) => sum + line.length + LINE_COST, 0);
  }

  /** Returns what stands in the range, and all bytes; it stays as it is when more is received. */
  answer(range: AnswerRange): Answer {
    this.#taken = true;
    return new Answer({ lines: this.#lines, head: this.#head, raw: this.#raw, disk: this.#disk }, range);
  }

  /** Gives the disk back, for what nobody has taken. */
  drop(): void {
    if (!this.#taken) this.#disk?.file.close();
  }

  get #onDisk(): number {
    return this.#disk?.lines ?? 0;
  }
}

/** Joins lines to texts of a size that is read back at once. */
function inPieces(lines: readonly string[]): string[] {
  const pieces: string[] = [];
  let from = 0;
  let size = 0;
  for (const [index, line] of lines.entries()) {
    size += line.length + 1;
    if (size < PIECE && index < lines.length - 1) continue;
    pieces.push(`${lines.slice(from, index + 1).join('\n')}\n`);
    from = index + 1;
    size = 0;
  }
  return pieces;
}
