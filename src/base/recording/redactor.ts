import type { RecordedEntry, RecordedPiece } from './format.js';
import { KnownSecrets } from './known-secrets.js';
import { RedactedStream } from './redacted-stream.js';
import { type SecretLineData, SecretLines } from './secret-lines.js';

/** So much may wait for a decision in all before it is made without knowing how the lines go on. */
const MOST_WAITING = 256 * 1024;

/** A secret that was found by where it stood is looked for elsewhere from this length on. */
const SHORTEST_LEARNED = 4;

/** A question whose answer is secret, at the end of a line. */
const ASKS_SECRET =
  /(?:pass(?:word|phrase|code|wd)|secret|\bpin\b|one-?time|\botp\b|token|(?:verification|access|auth\w*) ?code)[^:?>]{0,80}[:?>]\s*$/i;

export interface RedactorOptions {
  readonly secretLines: readonly SecretLineData[];
  /** More questions whose answer is secret (flags `iu`). */
  readonly questions?: readonly string[] | undefined;
  /** Takes what was decided on, in the order in which it came. */
  readonly write: (entry: RecordedEntry) => void;
}

interface WaitingBytes<K> {
  readonly kind: K;
  readonly atMs: number;
  readonly text: string;
  /** Where in its stream it begins. */
  readonly from: number;
}
type Waiting = WaitingBytes<'received'> | WaitingBytes<'sent'> | Extract<RecordedEntry, { readonly text: string }>;

/**
 * Blanks out the secrets of a session in both directions. What may turn out to be part of one is held back until that
 * is known, and everything behind it, so that the order stays.
 */
export class Redactor {
  readonly #known = new KnownSecrets();
  readonly #streams: { readonly received: RedactedStream; readonly sent: RedactedStream };
  readonly #questions: readonly RegExp[];
  readonly #write: RedactorOptions['write'];
  #waiting: Waiting[] = [];
  #bytes = 0;

  constructor({ secretLines, questions = [], write }: RedactorOptions) {
    const known = this.#known;
    this.#write = write;
    this.#questions = [ASKS_SECRET, ...questions.map((source) => new RegExp(source, 'iu'))];
    this.#streams = {
      received: new RedactedStream({ known, lines: new SecretLines(secretLines), typed: false }),
      sent: new RedactedStream({
        known,
        lines: new SecretLines(secretLines),
        typed: true,
        // The device repeats what was typed, and may break it anywhere.
        onSecrets: (secrets) => {
          for (const one of secrets) if (one.length >= SHORTEST_LEARNED) known.add(one);
        },
      }),
    };
  }

  /** Adds a text that must not be written wherever it stands, as the bytes that stand for it. */
  addSecret(bytes: Uint8Array): void {
    this.#known.add(Buffer.from(bytes).toString('latin1'));
  }

  received(bytes: Uint8Array, atMs: number): void {
    const { received, sent } = this.#streams;
    const text = Buffer.from(bytes).toString('latin1');
    this.#wait('received', text, atMs);
    // Keys that no Enter follows, such as those for a pager, must not hold up what the device says after them.
    if (received.ends(text) && sent.decided < sent.length) sent.decide('now');
    received.push(text);
    this.#pass();
  }

  sent(bytes: Uint8Array, atMs: number): void {
    const { received, sent } = this.#streams;
    const text = Buffer.from(bytes).toString('latin1');
    this.#wait('sent', text, atMs);
    const { openLine } = received;
    if (this.#questions.some((question) => question.test(openLine))) sent.hideLine();
    sent.push(text);
    this.#pass();
  }

  /** Adds what rollcall itself has to say. */
  note(kind: 'note' | 'end', text: string, atMs: number): void {
    this.#waiting.push({ kind, text, atMs });
    this.#pass();
  }

  /** Decides on all that is left: nothing more will come. */
  finish(): void {
    this.#streams.sent.decide('final');
    this.#streams.received.decide('final');
    this.#pass();
  }

  #wait(kind: 'received' | 'sent', text: string, atMs: number): void {
    this.#waiting.push({ kind, atMs, text, from: this.#streams[kind].length });
    this.#bytes += text.length;
    if (this.#bytes <= MOST_WAITING) return;
    // Nothing more of a secret was typed for so long: what looked like the beginning of one was a key.
    this.#streams.sent.decide('final');
    this.#streams.received.decide('now');
  }

  #pass(): void {
    let passed = 0;
    for (const one of this.#waiting) {
      if (one.kind === 'note' || one.kind === 'end') {
        this.#write(one);
        passed++;
        continue;
      }
      const { kind, atMs, text, from } = one;
      const stream = this.#streams[kind];
      const decided = Math.min(from + text.length, stream.decided);
      if (decided > from) {
        const pieces = cutOut(text.slice(0, decided - from), from, stream.takeSpans(from, decided));
        if (pieces.length > 0) this.#write({ kind, atMs, pieces });
        this.#bytes -= decided - from;
      }
      if (decided < from + text.length) {
        if (decided > from) this.#waiting[passed] = { kind, atMs, text: text.slice(decided - from), from: decided };
        break;
      }
      passed++;
    }
    if (passed > 0) this.#waiting = this.#waiting.slice(passed);
  }
}

/** Returns the text, which begins at that place, with one mark in the place of each secret that begins in it. */
function cutOut(
  text: string,
  start: number,
  spans: readonly { readonly from: number; readonly to: number }[],
): readonly RecordedPiece[] {
  const pieces: RecordedPiece[] = [];
  let at = 0;
  for (const span of spans) {
    const from = Math.max(0, span.from - start);
    if (from > at) pieces.push(Buffer.from(text.slice(at, from), 'latin1'));
    if (span.from >= start) pieces.push('secret');
    at = Math.max(at, Math.min(text.length, span.to - start));
  }
  if (at < text.length) pieces.push(Buffer.from(text.slice(at), 'latin1'));
  return pieces;
}
