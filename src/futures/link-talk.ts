import { AbortedError } from '../base/index.js';
import type { Call } from './call.js';
import { InvalidStateError } from './errors.js';
import { internals } from './future.js';
import { LocalQueues } from './local-queues.js';
import { NOTHING, type Note, type Outgoing, type ToParent, type ToWorker } from './messages.js';
import { Codec, type Encoded } from './transfer.js';
import { COMMON_KINDS } from './transfer-kinds.js';
import wire from './wire.cjs';

export type Request = Extract<ToParent, readonly ['request', ...unknown[]]>;

/** What a link and its worker say to each other beside calls and results: events, questions, queues, aborts. */
export class LinkTalk {
  readonly codec: Codec;
  readonly #queues = new LocalQueues();
  #outbox: Outgoing | undefined;

  constructor(sharedMemory: boolean) {
    this.codec = new Codec([this.#queues.kind, ...COMMON_KINDS], { sharedMemory });
  }

  /** To be called before anything is said. */
  open(outbox: Outgoing): void {
    this.#outbox = outbox;
  }

  /** To be called when the worker is gone. */
  close(): void {
    this.#queues.close();
  }

  say(message: ToWorker, refused: (error: unknown) => void = () => {}): void {
    this.#outbox?.alone([wire.MESSAGE, message], refused);
  }

  abort({ slot, serial }: Call, reason: unknown): void {
    const other = (cause: unknown): void => {
      const error = new AbortedError('aborted, for a reason that cannot cross', { cause: describe(cause) });
      this.say(['abort', slot, serial, this.codec.encode(error, 'the reason')]);
    };
    try {
      this.say(['abort', slot, serial, this.codec.encode(reason, 'the reason')], other);
    } catch (cause) {
      other(cause);
    }
  }

  deliver(call: Call, event: Encoded): void {
    internals.channel(call.future).deliver(this.decode(event, call.address?.url));
  }

  async serve(message: Request, call: Call | undefined): Promise<void> {
    if (message[2] === 'queue') {
      await this.#queues.serve(message, this);
      return;
    }
    const [, request, , , , question] = message;
    const reply = await this.#answer(request, call, question);
    this.say(reply, (error) => this.say(['reply', request, false, this.#encodeError(error), 0]));
  }

  note(note: Note, number: number): void {
    this.#queues.note(note, number);
  }

  /** Returns the value, or the error that stands in its way. */
  decode(value: Encoded, url: string | undefined): unknown {
    try {
      return this.codec.decode(value, url);
    } catch (error) {
      return error;
    }
  }

  async #answer(request: number, call: Call | undefined, question: Encoded): Promise<ToWorker> {
    try {
      if (call === undefined) throw new InvalidStateError('the call is over, nobody answers its questions');
      const answer = await internals.channel(call.future).question(this.decode(question, call.address?.url));
      const encoded = this.codec.encode(answer, 'the answer');
      this.#queues.keepUntilRead(request, answer, encoded);
      return ['reply', request, true, encoded, 0];
    } catch (error) {
      return ['reply', request, false, this.#encodeError(error), 0];
    }
  }

  #encodeError(error: unknown): Encoded {
    try {
      return this.codec.encode(error, 'the error');
    } catch {
      return NOTHING;
    }
  }
}

function describe(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error(String(cause));
}
