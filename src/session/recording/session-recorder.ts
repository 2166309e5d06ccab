import {
  entryText,
  headerText,
  RecordingFile,
  type RecordingHeader,
  Redactor,
  redact,
  type Secret,
  type SecretLineData,
} from '../../base/index.js';
import { encoderOf } from '../line/encoder.js';
import { PacedWork } from './paced-work.js';

/** How much is looked at in one piece, which takes some milliseconds at worst. */
const PIECE_BYTES = 4 * 1024;
const LF = 10;

export interface SessionRecorderOptions {
  readonly file: string;
  readonly header: RecordingHeader;
  readonly secretLines: readonly SecretLineData[];
  readonly questions: readonly string[];
  readonly encoding: string;
  /** Told once when no more can be written. */
  readonly onLost: (reason: string) => void;
}

/** Writes down one session, without its secrets. The file is made when the first byte of the device comes, or a key is sent. */
export class SessionRecorder {
  readonly #options: SessionRecorderOptions;
  readonly #redactor: Redactor;
  readonly #start = performance.now();
  readonly #notes: { readonly text: string; readonly atMs: number }[] = [];
  readonly #secrets: Secret[] = [];
  readonly #work = new PacedWork((full) => this.onFull(full));
  #file: RecordingFile | undefined;
  #ended = false;
  /** Told when the device says more than can be looked at in time, and when it may go on. */
  onFull: (full: boolean) => void = () => {};

  constructor(options: SessionRecorderOptions) {
    const { secretLines, questions } = options;
    this.#options = options;
    this.#redactor = new Redactor({ secretLines, questions, write: (entry) => this.#file?.write(entryText(entry)) });
  }

  /** Whether there was a shell to be recorded. */
  get begun(): boolean {
    return this.#file !== undefined;
  }

  /** Whether its connection is over, or none has begun. */
  get isIdle(): boolean {
    return this.#file === undefined || this.#ended;
  }

  /** Returns one for another connection, which has the file then, and knows all secrets that this one knows. */
  next(): SessionRecorder {
    this.closeNow();
    const next = new SessionRecorder(this.#options);
    for (const secret of this.#secrets) next.addSecret(secret);
    return next;
  }

  /** Makes the file: there is a shell to be recorded. A device that was never reached leaves the recording before as it is. */
  begin(): void {
    if (this.#file !== undefined) return;
    const { file, header, onLost } = this.#options;
    this.#file = new RecordingFile(file, onLost);
    this.#file.write(headerText(header));
    for (const { text, atMs } of this.#notes) this.#note('note', text, atMs);
  }

  addSecret(secret: Secret): void {
    const text = secret.reveal();
    this.#secrets.push(secret);
    this.#redactor.addSecret(Buffer.from(text));
    try {
      this.#redactor.addSecret(encoderOf(this.#options.encoding)(text));
    } catch {
      // What cannot be sent to the device is never on the line.
    }
  }

  received(bytes: Uint8Array): void {
    if (!this.#ended) this.#take('received', bytes);
  }

  sent(bytes: Uint8Array): void {
    if (!this.#ended) this.#take('sent', bytes);
  }

  note(text: string): void {
    if (this.#file === undefined) this.#notes.push({ text, atMs: this.#now() });
    else if (!this.#ended) this.#note('note', text, this.#now());
  }

  /** Writes the end line, with what went wrong if something did. */
  end(problem = ''): void {
    if (this.#ended || this.#file === undefined) return;
    this.#ended = true;
    this.#work.add(0, () => this.#redactor.finish());
    this.#note('end', problem, this.#now());
  }

  /** Resolves when everything is in the file. */
  async close(): Promise<void> {
    this.end();
    await this.#work.done();
    await this.#file?.close();
  }

  /** The same at once. */
  closeNow(): void {
    this.end();
    this.#work.doNow();
    this.#file?.closeNow();
  }

  /** In pieces that end with a line where they can: an answer of 100 MB may come as one. */
  #take(kind: 'received' | 'sent', bytes: Uint8Array): void {
    const atMs = this.#now();
    for (let from = 0; from < bytes.length; ) {
      const most = bytes.subarray(from, from + PIECE_BYTES);
      const lineEnd = from + most.length < bytes.length ? most.lastIndexOf(LF) + 1 : 0;
      const piece = lineEnd > 0 ? most.subarray(0, lineEnd) : most;
      this.#work.add(piece.length, () => this.#redactor[kind](piece, atMs));
      from += piece.length;
    }
  }

  /** What goes wrong may be told in the words of a server. */
  #note(kind: 'note' | 'end', text: string, atMs: number): void {
    this.#work.add(0, () => this.#redactor.note(kind, redact(text, this.#secrets), atMs));
  }

  #now(): number {
    return performance.now() - this.#start;
  }
}
