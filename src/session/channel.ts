import {
  AbortedError,
  ConnectionClosedError,
  ConversationError,
  type Deadline,
  DeviceTimeoutError,
  type Phase,
  type RollcallError,
  redact,
  type Secret,
} from '../base/index.js';
import type { Platform } from '../platforms/index.js';
import type { Transport } from '../transport/index.js';
import { diagnose } from './diagnosis.js';
import { anyOf } from './patterns.js';
import { Renderer } from './renderer.js';

export interface ChannelOptions {
  readonly platform: Platform;
  /** Never shown in an error. */
  readonly secrets: readonly Secret[];
  /** What one answer may hold before it is given up. */
  readonly maxOutputBytes: number;
  /** By when the device's whole turn must be over. */
  readonly deadline: Deadline;
  readonly signal?: AbortSignal | undefined;
}

export interface WaitOptions {
  readonly phase: Phase;
  /** For the error: what did not come. */
  readonly expected: string;
  /** How long the device may be silent. */
  readonly idleMs: number;
  /** A deadline of this step, beside that of the whole turn, and the code of the error when it passes. */
  readonly deadline?: { readonly at: Deadline; readonly code: 'connect_timeout' } | undefined;
}

/** A line longer than this is no prompt and no question: it is not even looked at. */
const LONGEST_PROMPT = 512;

/** A question is one when nothing has followed it for so long: the same text may be the middle of a line still under way. */
const QUESTION_SETTLE_MS = 300;

/** How much of what came last goes into an error. */
const LAST_CHARACTERS = 400;
const LAST_LINES = 8;

/** One device's command line: sends lines, renders what comes, and waits until somebody recognises what was awaited. */
export class Channel {
  readonly #transport: Transport;
  readonly #options: ChannelOptions;
  readonly #renderer: Renderer;
  readonly #decoder = new TextDecoder('utf-8');
  readonly #encoder = new TextEncoder();
  #lines: string[] = [];
  #bytes = 0;
  #lastByteAt = performance.now();
  #closed: { readonly error?: Error | undefined } | undefined;
  #wake: (() => void) | undefined;

  constructor(transport: Transport, options: ChannelOptions) {
    this.#transport = transport;
    this.#options = options;
    this.#renderer = new Renderer(options.platform.terminal.columns, (line) => this.#lines.push(line));
    transport.onData((bytes) => this.#receive(bytes));
    transport.onClose((error) => {
      this.#closed = { error };
      this.#wake?.();
    });
  }

  /** The lines that the device has ended since `mark`. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /** The line that the cursor is on when it may be a prompt or a question: the cursor behind its last character. */
  get line(): string {
    const { atEnd, line } = this.#renderer;
    return atEnd && line.length <= LONGEST_PROMPT ? line : '';
  }

  get closed(): boolean {
    return this.#closed !== undefined;
  }

  /** Forgets the ended lines: what is awaited next comes after this. */
  mark(): void {
    this.#lines = [];
    this.#bytes = 0;
  }

  /** Sends a line and Enter. */
  send(line: string): void {
    this.sendRaw(line + this.#options.platform.terminal.newline);
  }

  sendRaw(text: string): void {
    this.#lastByteAt = performance.now();
    this.#transport.write(this.#encoder.encode(text));
  }

  /**
   * Waits until `look` recognises something; it is asked after everything that arrives, and once at the start. Pagers
   * are answered on the way.
   * @throws ConversationError (`unexpected_question`, `output_too_large`), DeviceTimeoutError, ConnectionClosedError,
   * AbortedError.
   */
  wait<T>(look: () => T | undefined, options: WaitOptions): Promise<T> {
    const { signal, deadline } = this.#options;
    return new Promise((resolve, reject) => {
      const releases: (() => void)[] = [];
      const settle = (finish: () => void): void => {
        this.#wake = undefined;
        for (const release of releases) release();
        finish();
      };
      const fail = (error: Error): void => settle(() => reject(error));
      const check = (): void => {
        try {
          const found = look();
          if (found !== undefined) return settle(() => resolve(found));
          this.#checkSize(options);
          this.#answerPager();
        } catch (error) {
          return fail(error as Error);
        }
        if (this.#closed !== undefined) fail(this.#closedError(options));
      };

      if (signal !== undefined) {
        const onAbort = (): void => fail(new AbortedError('cancelled', { phase: options.phase }));
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort, { once: true });
        releases.push(() => signal.removeEventListener('abort', onAbort));
      }
      releases.push(deadline.schedule(() => fail(this.#late('device_timeout', 'its time in all is over', options))));
      if (options.deadline !== undefined) {
        const { at, code } = options.deadline;
        releases.push(at.schedule(() => fail(this.#late(code, 'its time to log in is over', options))));
      }
      releases.push(this.#watchSilence(options, fail));
      this.#wake = check;
      check();
    });
  }

  /** The last of what the device said, without secrets, for an error. */
  tail(): string {
    const last = [...this.#lines.slice(-LAST_LINES), this.#renderer.line].join('\n').slice(-LAST_CHARACTERS);
    return redact(last, this.#options.secrets);
  }

  /** Facts for an error that is made elsewhere. */
  details(expected: string): Record<string, string> {
    return { expected, stall: diagnose(this.#options.platform, this.line), lastReceived: this.tail() };
  }

  #receive(bytes: Uint8Array): void {
    this.#lastByteAt = performance.now();
    this.#bytes += bytes.length;
    this.#renderer.write(this.#decoder.decode(bytes, { stream: true }));
    this.#wake?.();
  }

  #checkSize({ phase }: WaitOptions): void {
    const { maxOutputBytes } = this.#options;
    if (this.#bytes <= maxOutputBytes) return;
    throw new ConversationError(
      'output_too_large',
      `the answer is larger than ${maxOutputBytes} bytes and was given up (limits.outputBytes)`,
      { phase },
    );
  }

  #answerPager(): void {
    const { line } = this;
    if (line === '') return;
    for (const { prompt, answer } of this.#options.platform.pager) {
      if (anyOf([prompt]).test(line)) return this.sendRaw(answer);
    }
  }

  /**
   * One timer for as long as the wait lasts: it looks how long ago the last byte came, so that bytes cost nothing. A
   * question on the last line shortens it.
   */
  #watchSilence(options: WaitOptions, fail: (error: Error) => void): () => void {
    let timer: NodeJS.Timeout;
    let questionAt = '';
    const arm = (): void => {
      const silentMs = performance.now() - this.#lastByteAt;
      if (silentMs >= options.idleMs) {
        return fail(this.#late('idle_timeout', `nothing came for ${options.idleMs / 1000} s`, options));
      }
      const question = this.#question();
      if (question !== '' && question === questionAt && silentMs >= QUESTION_SETTLE_MS) {
        return fail(this.#unexpectedQuestion(question, options));
      }
      questionAt = question;
      timer = setTimeout(arm, Math.ceil(Math.min(options.idleMs - silentMs, QUESTION_SETTLE_MS)));
    };
    timer = setTimeout(arm, Math.min(options.idleMs, QUESTION_SETTLE_MS));
    return () => clearTimeout(timer);
  }

  #question(): string {
    const { line } = this;
    return line !== '' && anyOf(this.#options.platform.questions).test(line) ? line : '';
  }

  #unexpectedQuestion(question: string, { phase, expected }: WaitOptions): RollcallError {
    const shown = redact(question.trim(), this.#options.secrets);
    return new ConversationError(
      'unexpected_question',
      `the device asks '${shown}', which nobody expected; nothing was answered, and the connection was dropped`,
      { phase, details: this.details(expected) },
    );
  }

  #late(code: 'idle_timeout' | 'device_timeout' | 'connect_timeout', why: string, options: WaitOptions): RollcallError {
    const details = this.details(options.expected);
    const heard = details.lastReceived?.trim()
      ? `; last heard: ${JSON.stringify(details.lastReceived.slice(-120))}`
      : '';
    return new DeviceTimeoutError(code, `${options.expected} did not come: ${why} (${details.stall})${heard}`, {
      phase: options.phase,
      details,
    });
  }

  #closedError({ phase, expected }: WaitOptions): RollcallError {
    const cause = this.#closed?.error;
    return new ConnectionClosedError('closed', `the device closed the connection before ${expected} came`, {
      phase,
      ...(cause === undefined ? {} : { cause }),
      details: this.details(expected),
    });
  }
}
