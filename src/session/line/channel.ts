import { TextDecoder } from 'node:util';
import { Deadline } from '../../base/index.js';
import type { Transport } from '../../transport/index.js';
import { afterRead, afterSilence } from './after-silence.js';
import { Bounds } from './bounds.js';
import type { ChannelOptions, ReadSoFar, WaitOptions } from './channel-options.js';
import { diagnose, type StallDetails } from './diagnosis.js';
import { type Encode, encoderOf } from './encoder.js';
import { Pagers } from './pagers.js';
import { anyOf } from './patterns.js';
import { Received } from './received.js';
import { Renderer } from './renderer.js';
import { withoutSecretLines } from './secret-lines.js';
import type { SessionSecrets } from './secrets.js';
import { watchSilence } from './silence.js';
import { calledOff, closedEarly, goneBehind, tooLate, unexpectedQuestion } from './stall-errors.js';
import { tailOf } from './tail.js';

/** A line longer than this is no prompt and no question: it is not even looked at. */
const LONGEST_PROMPT = 512;

/** One device's command line: sends lines, renders what comes, and waits until somebody recognises what was awaited. */
export class Channel {
  readonly #transport: Transport;
  readonly #options: ChannelOptions;
  readonly #renderer: Renderer;
  readonly #decoder: TextDecoder;
  readonly #encode: Encode;
  readonly #bounds: Bounds;
  readonly #pagers: Pagers;
  #received = new Received();
  /** How many lines the device has ended since the beginning: tells a new line from an old one with the same text. */
  #ended = 0;
  #above = '';
  /** Whether the conversation was left to the caller: nobody knows where it stands. */
  #loose = false;
  #read: ReadSoFar = { line: 0, text: '' };
  #paused = false;
  #opened = false;
  #atRest = false;
  #lastByteAt = performance.now();
  #limit = Deadline.never;
  #closed: { readonly error?: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  constructor(transport: Transport, options: ChannelOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#decoder = new TextDecoder(options.encoding);
    this.#bounds = new Bounds(options.maxOutputBytes);
    this.#pagers = new Pagers(options.platform.pager);
    this.#encode = encoderOf(this.#decoder.encoding);
    this.#renderer = new Renderer(options.platform.terminal.columns, (line) => {
      this.#above = line;
      this.#received.addLine(line);
      this.#ended++;
    });
    transport.onData((bytes) => this.#receive(bytes));
    transport.onClose((error) => {
      this.#closed = { error };
      this.#wake?.();
      this.#bounds.release();
    });
  }

  /** The lines that the device has ended since `mark`: those still in memory, where it has said very much. */
  get lines(): readonly string[] {
    return this.#received.lines;
  }

  /** All that the device has said since `mark`. */
  get received(): Received {
    return this.#received;
  }

  /** The line that the cursor is on when it may be a prompt or a question: the cursor behind its last character. */
  get line(): string {
    return this.#renderer.lineBeforeCursor(LONGEST_PROMPT);
  }

  /** The line that the cursor is on, whole, whatever it is. */
  get wholeLine(): string {
    return this.#renderer.line;
  }

  /** The line right above that one, also when it came before `mark`: a prompt may have two lines. */
  get above(): string {
    return this.#above;
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Sets by when the call under way must be over, beside the deadline of the whole turn. */
  limit(deadline: Deadline): void {
    this.#limit = deadline;
  }

  /** Forgets the ended lines: what is awaited next comes after this. */
  mark(): void {
    this.#received.drop();
    this.#received = new Received();
    this.#bounds.release();
  }

  /** Forgets them as well: the device is at its prompt, and what it says from here on was not asked for. */
  rest(): void {
    this.mark();
    this.#atRest = true;
    this.#loose = false;
  }

  /** The lines that came since `rest`, from the one that the prompt stood on; none when something was sent since. */
  get unasked(): readonly string[] {
    return this.#atRest ? this.#received.lines : [];
  }

  /** Whether nothing was sent since `rest`. */
  get atRest(): boolean {
    return this.#atRest;
  }

  /** True behind input whose end nobody has proved: the prompt must be found again before the next line. */
  get loose(): boolean {
    return this.#loose;
  }

  /** Leaves the conversation to the caller, who has read so far; all of it when absent. */
  loosen(read: ReadSoFar = { line: this.#received.count, text: this.wholeLine }): void {
    this.#loose = true;
    this.#atRest = false;
    this.#read = read;
  }

  /** Up to where the caller has read, while `loose`. */
  get read(): ReadSoFar {
    return this.#read;
  }

  /** Whether an exact copy of the prompt in an answer is told from the end by waiting. */
  get settles(): boolean {
    return this.#options.settleMs > 0;
  }

  /** Tells that the session is open: from here on only the device's time in all and its silence count. */
  opened(): void {
    this.#opened = true;
  }

  /** Sends a line and Enter. */
  send(line: string): void {
    this.sendRaw(line + this.#options.platform.terminal.newline);
  }

  /**
   * @throws ConversationError (`bad_command`) for what cannot be sent in the device's encoding; ConnectionClosedError
   * where the device is gone, and what led to it is there instead.
   */
  sendRaw(text: string): void {
    if (this.#options.isOnTheWay?.(this.line, this.above)) throw goneBehind(this);
    const bytes = this.#encode(text);
    this.#lastByteAt = performance.now();
    this.#atRest = false;
    this.#transport.write(bytes);
  }

  /** @throws ConversationError (`bad_command`) for what cannot be sent in the device's encoding. */
  checkText(text: string): void {
    this.#encode(text);
  }

  /**
   * Waits until `look` recognises something; it is asked after everything that arrives, and once at the start. Pagers
   * are answered on the way. `lookWhenQuiet` is asked as well, but only when nothing has come for a moment: for what
   * may be the beginning of something else.
   * @throws ConversationError (`unexpected_question`, `output_too_large`), DeviceTimeoutError, ConnectionClosedError,
   * AbortedError.
   */
  wait<T>(look: () => T | undefined, options: WaitOptions, lookWhenQuiet?: () => T | undefined): Promise<T> {
    const { settleMs } = this.#options;
    this.#resume();
    return new Promise((resolve, reject) => {
      let stopSettling = (): void => {};
      let stopPaging = (): void => {};
      const releases: (() => void)[] = [() => stopSettling(), () => stopPaging(), () => this.#bounds.release()];
      const settle = (finish: () => void): void => {
        this.#wake = undefined;
        for (const release of releases) release();
        finish();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const check = (): void => {
        try {
          this.#bounds.check(this.#received, this.#renderer.lineLength, options.phase);
          stopSettling();
          stopPaging();
          const found = look();
          const take = (end: T) => (): void => settle(() => resolve(end));
          if (found !== undefined && (options.settles !== true || this.#closed !== undefined)) return take(found)();
          if (found !== undefined)
            stopSettling = settleMs > 0 ? afterSilence(settleMs, take(found)) : afterRead(take(found));
          // Its words may be the first half of a line that is being read.
          const paged = options.raw !== true && this.#pagers.asks(this.line, this.#ended, 'at once') !== undefined;
          if (paged) stopPaging = afterRead(() => this.#answerPager('at once'));
          // Last: what is looked for is looked for in memory.
          this.#bounds.relieve(this.#received, this.#renderer.lineLength, options.phase);
        } catch (error) {
          return fail(error as Error);
        }
        if (this.#closed !== undefined) fail(closedEarly(this, options, this.#closed.error));
      };

      releases.push(...this.#watchClocks(options, fail));
      // Called off before it began: nothing is looked at any more.
      if (this.#options.signal?.aborted) return;
      releases.push(
        this.#watchSilence(options, fail, () => {
          try {
            const found = lookWhenQuiet?.();
            if (found !== undefined) settle(() => resolve(found));
            return found !== undefined;
          } catch (error) {
            fail(error as Error);
            return true;
          }
        }),
      );
      this.#wake = check;
      check();
    });
  }

  /** The last of what the device said, without secrets, for an error. */
  tail(): string {
    return tailOf(this.lines, this.#renderer.line, (text) => this.redact(text));
  }

  /** The secrets of this conversation. */
  get secrets(): SessionSecrets {
    return this.#options.secrets;
  }

  /** Returns the text without the secrets of this conversation, and without those of a configuration that it shows. */
  redact(text: string): string {
    const { secrets, platform } = this.#options;
    return withoutSecretLines(secrets.redact(text), platform);
  }

  /** @throws ConversationError (`unexpected_question`) when the device waits for an answer: an Enter would give it one. */
  refuseQuestion(options: WaitOptions): void {
    const question = this.#question();
    if (question !== '') throw unexpectedQuestion(this, question, options);
  }

  /** Facts for an error that is made elsewhere. */
  details(expected: string): StallDetails {
    const stall = this.closed
      ? 'closed'
      : diagnose(this.#options.platform, this.wholeLine.slice(-LONGEST_PROMPT), this.above);
    return { expected: this.redact(expected), stall, lastReceived: this.tail() };
  }

  #receive(bytes: Uint8Array): void {
    // Nobody reads what is still on its way from a connection that was dropped.
    if (this.#closed !== undefined) return;
    this.#lastByteAt = performance.now();
    this.#received.addBytes(bytes);
    this.#renderer.write(this.#decoder.decode(bytes, { stream: true }));
    if (this.#wake !== undefined) return this.#wake();
    // Nobody has asked for anything: a device that talks all the same has to wait, once it has said a whole answer.
    if (!this.#fits()) this.#pause();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#transport.pause();
  }

  /** Whether what was said while nobody had asked could be held; whoever asks next is told why it could not. */
  #fits(): boolean {
    try {
      this.#bounds.check(this.#received, this.#renderer.lineLength, 'command');
      this.#bounds.relieve(this.#received, this.#renderer.lineLength, 'command');
      return true;
    } catch {
      return false;
    }
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#transport.resume();
  }

  /** Answers a pager, however many pieces its prompt comes in. */
  #answerPager(when: 'at once' | 'when quiet'): void {
    const pager = this.#pagers.asks(this.line, this.#ended, when);
    if (pager === undefined) return;
    this.#pagers.answered(this.#ended);
    // It is no part of the answer, and not every terminal can rub it out.
    this.#renderer.forgetLine();
    this.sendRaw(pager.answer);
  }

  /** Watches the abort and the deadlines; returns what ends that. */
  #watchClocks(options: WaitOptions, fail: (error: Error) => void): (() => void)[] {
    const { signal, deadline, openBy } = this.#options;
    const onAbort = (): void => fail(calledOff(this, options));
    if (signal?.aborted) {
      onAbort();
      return [];
    }
    signal?.addEventListener('abort', onAbort, { once: true });
    const late = (at: Deadline, code: 'device_timeout' | 'connect_timeout', why: string): (() => void) =>
      at.schedule(() => fail(tooLate(this, code, { why, options })));
    return [
      () => signal?.removeEventListener('abort', onAbort),
      late(deadline, 'device_timeout', 'its time in all is over'),
      late(this.#limit, 'device_timeout', 'its totalMs are over'),
      this.#opened || openBy === undefined ? () => {} : late(openBy, 'connect_timeout', 'its time to connect is over'),
    ];
  }

  /** What was on the line when the wait began was asked and answered before. */
  #watchSilence(options: WaitOptions, fail: (error: Error) => void, found: () => boolean): () => void {
    const asks = options.quietMs === undefined && options.raw !== true;
    const here = (): string => `${this.#ended}:${this.line}`;
    const before = here();
    return watchSilence(() => performance.now() - this.#lastByteAt, {
      ...options,
      onIdle: () => {
        const why = `nothing came for ${options.idleMs / 1000} s`;
        fail(tooLate(this, 'idle_timeout', { why, options }));
      },
      onQuiet: () => {
        if (here() === before) return false;
        if (found()) return true;
        const question = asks ? this.#question() : '';
        if (question !== '') fail(unexpectedQuestion(this, question, options));
        else if (options.raw !== true) this.#answerPager('when quiet');
        return question !== '';
      },
    });
  }

  #question(): string {
    const { line } = this;
    return line !== '' && anyOf(this.#options.platform.questions).test(line) ? line : '';
  }
}
