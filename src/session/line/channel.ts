import { TextDecoder } from 'node:util';
import { ConversationError, Deadline, type Phase, redact, type Secret } from '../../base/index.js';
import type { PagerData, Platform } from '../../platforms/index.js';
import type { Transport } from '../../transport/index.js';
import { afterRead, afterSilence } from './after-silence.js';
import { diagnose, type StallDetails } from './diagnosis.js';
import { type Encode, encoderOf } from './encoder.js';
import { MemoryShare } from './memory.js';
import { anyOf } from './patterns.js';
import { Received } from './received.js';
import { Renderer } from './renderer.js';
import { calledOff, closedEarly, tooLate, unexpectedQuestion } from './stall-errors.js';

export interface ChannelOptions {
  readonly platform: Platform;
  /** How the device writes its characters, by WHATWG's name. */
  readonly encoding: string;
  /** Never shown in an error. */
  readonly secrets: readonly Secret[];
  /** What one answer may hold before it is given up. */
  readonly maxOutputBytes: number;
  /** How long nothing may follow a prompt that ends an answer; 0 takes it at once. */
  readonly settleMs: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  /** By when the session must be open: it holds until `opened` is called. */
  readonly openBy?: Deadline | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface WaitOptions {
  readonly phase: Phase;
  /** For the error: what did not come. */
  readonly expected: string;
  /** How long the device may be silent. */
  readonly idleMs: number;
  /** Whether what was recognised must still be the last thing after the settle time. */
  readonly settles?: boolean;
  /** Set where silence is the end: `lookWhenQuiet` is asked when nothing has come for so long, and nothing is refused. */
  readonly quietMs?: number | undefined;
  /** Set where the caller answers all that is asked, pagers as well. */
  readonly raw?: true;
}

/** A place in what was received: the number of a line, and what of it is before that place. */
export interface ReadSoFar {
  readonly line: number;
  readonly text: string;
}

/** A line longer than this is no prompt and no question: it is not even looked at. */
const LONGEST_PROMPT = 512;

/** A line shorter than this is never what fills the memory. */
const LONG_LINE = 256 * 1024;

/** A question is one when nothing has followed it for so long: the same text may be the middle of a line still under way. */
const SETTLE_MS = 300;

/** How much of what came last goes into an error, and how much of it is searched for secrets before it is cut. */
const LAST_CHARACTERS = 400;
const SEARCHED_CHARACTERS = 16_384;
const LAST_LINES = 8;

/** One device's command line: sends lines, renders what comes, and waits until somebody recognises what was awaited. */
export class Channel {
  readonly #transport: Transport;
  readonly #options: ChannelOptions;
  readonly #renderer: Renderer;
  readonly #decoder: TextDecoder;
  readonly #encode: Encode;
  readonly #memory = new MemoryShare();
  #received = new Received();
  /** How many lines the device has ended since the beginning: tells a new line from an old one with the same text. */
  #ended = 0;
  #above = '';
  #pagerAnsweredAt = -1;
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
      this.#memory.close();
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
    this.#memory.close();
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

  /** @throws ConversationError (`bad_command`) for what cannot be sent in the device's encoding. */
  sendRaw(text: string): void {
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
    const { signal, deadline, settleMs } = this.#options;
    this.#resume();
    return new Promise((resolve, reject) => {
      let stopSettling = (): void => {};
      let stopPaging = (): void => {};
      const releases: (() => void)[] = [() => stopSettling(), () => stopPaging(), () => this.#memory.close()];
      const settle = (finish: () => void): void => {
        this.#wake = undefined;
        for (const release of releases) release();
        finish();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const check = (): void => {
        try {
          this.#checkSize(options);
          stopSettling();
          stopPaging();
          const found = look();
          const take = (end: T) => (): void => settle(() => resolve(end));
          if (found !== undefined && (options.settles !== true || this.#closed !== undefined)) return take(found)();
          if (found !== undefined)
            stopSettling = settleMs > 0 ? afterSilence(settleMs, take(found)) : afterRead(take(found));
          if (options.raw !== true) stopPaging = this.#answerPagerSoon();
          // Last: what is looked for is looked for in memory.
          this.#relieve(options.phase);
        } catch (error) {
          return fail(error as Error);
        }
        if (this.#closed !== undefined) fail(closedEarly(this, options, this.#closed.error));
      };

      if (signal !== undefined) {
        const onAbort = (): void => fail(calledOff(this, options));
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        releases.push(() => signal.removeEventListener('abort', onAbort));
      }
      releases.push(
        deadline.schedule(() => fail(tooLate(this, 'device_timeout', { why: 'its time in all is over', options }))),
      );
      releases.push(
        this.#limit.schedule(() => fail(tooLate(this, 'device_timeout', { why: 'its totalMs are over', options }))),
      );
      const { openBy } = this.#options;
      if (openBy !== undefined && !this.#opened) {
        const why = 'its time to connect is over';
        releases.push(openBy.schedule(() => fail(tooLate(this, 'connect_timeout', { why, options }))));
      }
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
    const last = [...this.lines.slice(-LAST_LINES), this.#renderer.line].join('\n').slice(-SEARCHED_CHARACTERS);
    // Cut last: half a secret is not found any more.
    return this.redact(last).slice(-LAST_CHARACTERS);
  }

  /** Returns the text without the secrets of this conversation. */
  redact(text: string): string {
    return redact(text, this.#options.secrets);
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
    if (this.#received.size + this.#renderer.lineLength > this.#options.maxOutputBytes || !this.#fits()) this.#pause();
  }

  #pause(): void {
    if (this.#paused) return;
    this.#paused = true;
    this.#transport.pause();
  }

  /** Whether what was said while nobody had asked could be held; whoever asks next is told why it could not. */
  #fits(): boolean {
    try {
      this.#relieve('command');
      return true;
    } catch {
      return false;
    }
  }

  /** Moves to disk what is too much for memory. @throws ConversationError (`output_too_large`) for a line that is that. */
  #relieve(phase: Phase): void {
    const { lineLength } = this.#renderer;
    const isShort = !this.#memory.hold(this.#received.held + lineLength);
    this.#received.relieve(isShort);
    if (this.#memory.hold(this.#received.held + lineLength) || lineLength <= LONG_LINE) return;
    throw new ConversationError(
      'output_too_large',
      `a line of ${lineLength} characters, which has not ended yet, is more than memory has room for (limits.memoryBytes)`,
      { phase },
    );
  }

  #resume(): void {
    if (!this.#paused) return;
    this.#paused = false;
    this.#transport.resume();
  }

  #checkSize({ phase }: WaitOptions): void {
    const { maxOutputBytes } = this.#options;
    if (this.#received.size + this.#renderer.lineLength <= maxOutputBytes) return;
    throw new ConversationError(
      'output_too_large',
      `the answer is larger than ${maxOutputBytes} bytes and was given up (limits.outputBytes)`,
      { phase },
    );
  }

  /** Answers a pager once what has arrived was read: its words may be the first half of a line. */
  #answerPagerSoon(): () => void {
    const asks = this.#pager('at once') !== undefined;
    return asks ? afterRead(() => this.#answerPager('at once')) : () => {};
  }

  /** Answers a pager once, however many pieces its prompt comes in. */
  #answerPager(when: 'at once' | 'when quiet'): void {
    const pager = this.#pager(when);
    if (pager === undefined) return;
    this.#pagerAnsweredAt = this.#ended;
    // It is no part of the answer, and not every terminal can rub it out.
    this.#renderer.forgetLine();
    this.sendRaw(pager.answer);
  }

  /**
   * One timer for as long as the wait lasts: it looks how long ago the last byte came, so that bytes cost nothing. What
   * was on the line when the wait began was asked and answered before.
   */
  #watchSilence(options: WaitOptions, fail: (error: Error) => void, found: () => boolean): () => void {
    let stop = (): void => {};
    const { quietMs = SETTLE_MS } = options;
    const asks = options.quietMs === undefined && options.raw !== true;
    const here = (): string => `${this.#ended}:${this.line}`;
    const before = here();
    const arm = (): void => {
      const silentMs = performance.now() - this.#lastByteAt;
      if (silentMs >= options.idleMs) {
        return fail(tooLate(this, 'idle_timeout', { why: `nothing came for ${options.idleMs / 1000} s`, options }));
      }
      if (silentMs >= quietMs && here() !== before) {
        if (found()) return;
        const question = asks ? this.#question() : '';
        if (question !== '') return fail(unexpectedQuestion(this, question, options));
        if (options.raw !== true) this.#answerPager('when quiet');
      }
      const settleMs = silentMs < quietMs ? quietMs - silentMs : quietMs;
      stop = afterSilence(Math.min(options.idleMs - silentMs, settleMs), arm);
    };
    stop = afterSilence(Math.min(options.idleMs, quietMs), arm);
    return () => stop();
  }

  #pager(when: 'at once' | 'when quiet'): PagerData | undefined {
    const { line } = this;
    if (line === '' || this.#pagerAnsweredAt === this.#ended) return undefined;
    const pager = this.#options.platform.pager.find(({ prompt }) => anyOf([prompt]).test(line));
    return pager?.ambiguous === true && when === 'at once' ? undefined : pager;
  }

  #question(): string {
    const { line } = this;
    return line !== '' && anyOf(this.#options.platform.questions).test(line) ? line : '';
  }
}
