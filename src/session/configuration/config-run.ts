import { ConversationError } from '../../base/index.js';
import { findRefusal } from '../commands/refusals.js';
import { responseOf, type Started, startNow } from '../commands/respond.js';
import type { Response } from '../commands/response.js';
import { sendCommand } from '../commands/send-command.js';
import type { Conversation, Exchange } from '../line/exchange.js';
import { anyOf } from '../line/patterns.js';
import { isRest } from '../modes/mode-graph.js';
import { fitsAhead, sendAhead } from './ahead.js';
import { sendBlock } from './config-block.js';
import type { ConfigItem } from './config-lines.js';
import { markedColumn } from './config-marker.js';

/** What a device answered to one configuration line. */
export interface ConfigLineResponse extends Response {
  /** Which line of the list, text or file it is, counted from 1. */
  readonly line: number;
  /** The column of the line, counted from 1, that the device points at in its refusal. */
  readonly column?: number;
}

export interface ConfigRunOptions {
  readonly onRefusal: 'stop' | 'continue';
  readonly window: number;
  readonly idleMs: number;
  readonly refusals?: 'report' | 'ignore' | undefined;
  /** Asked before each line: whether to send no more. */
  readonly stopped: () => boolean;
}

/** The sending of configuration lines, as far as it got. */
export class ConfigRun {
  readonly responses: ConfigLineResponse[] = [];
  /** The numbers of lines that were left out because the line that they belong to was refused. */
  readonly skipped: number[] = [];
  /** The lines that were sent and not answered yet; after an error, those that nobody answered. */
  underWay: { readonly first: number; readonly last: number } | undefined;
  readonly #conversation: Conversation;
  readonly #options: ConfigRunOptions;
  /** Set where the lines have a mode of their own, which a line in the middle must not leave. */
  readonly #framed: boolean;
  /** The prompt that the first line is typed at. */
  readonly #entered: string;

  constructor(conversation: Conversation, options: ConfigRunOptions) {
    this.#conversation = conversation;
    this.#options = options;
    this.#entered = conversation.prompt.text;
    this.#framed = !isRest(conversation.platform, conversation.prompt.mode);
  }

  get refused(): ConfigLineResponse | undefined {
    return this.responses.find(({ ok }) => !ok);
  }

  get lastAccepted(): ConfigLineResponse | undefined {
    return this.responses.findLast(({ ok }) => ok);
  }

  /** Sends the lines in order. @throws what `sendCommand`, `sendAhead` and `sendBlock` throw. */
  async send(items: readonly ConfigItem[]): Promise<void> {
    for (let at = 0; at < items.length && !this.#options.stopped(); ) {
      this.#checkMode(items.length - at);
      const batch = this.#batch(items, at);
      const responses = await this.#sendBatch(batch);
      this.underWay = undefined;
      this.responses.push(...responses);
      at += batch.length;
      if (responses.every(({ ok }) => ok)) continue;
      if (this.#options.onRefusal === 'stop') return;
      // The children of a refused line would be taken for lines of the mode that the device is still in.
      const [{ indent } = { indent: 0 }] = batch.slice(-1);
      const lastRefused = responses.at(-1)?.ok === false;
      for (; lastRefused && (items[at]?.indent ?? -1) > indent; at++) this.skipped.push(items[at]?.line ?? 0);
    }
  }

  /** The lines that are sent together: one, but where the platform's data vouches for more. */
  #batch(items: readonly ConfigItem[], from: number): readonly ConfigItem[] {
    const ahead = anyOf(this.#conversation.platform.ahead ?? [], 'u');
    const may = ({ text, block }: ConfigItem): boolean =>
      block === undefined && ahead.test(text) && fitsAhead(this.#conversation, text);
    // A first line may leave a mode below that of configuration by itself: what is sent ahead must not change the prompt.
    const before = items[from - 1];
    const settled = this.#conversation.prompt.text === this.#entered || (before !== undefined && may(before));
    const most = items.slice(from, from + (settled ? this.#options.window : 1));
    const end = most.findIndex((item) => !may(item));
    return most.slice(0, Math.max(1, end === -1 ? most.length : end));
  }

  async #sendBatch(batch: readonly ConfigItem[]): Promise<readonly ConfigLineResponse[]> {
    const { idleMs, refusals } = this.#options;
    const [first] = batch;
    if (first === undefined) return [];
    this.underWay = { first: first.line, last: batch.at(-1)?.line ?? first.line };
    if (batch.length === 1 && first.block === undefined) {
      const response = await sendCommand(this.#conversation, first.text, { phase: 'configure', idleMs, refusals });
      return [this.#numbered(response, first)];
    }
    const started = startNow();
    if (first.block !== undefined) {
      const { said, ...exchange } = await sendBlock(this.#conversation, first, { idleMs });
      // Text that comes back is no answer, whatever it says.
      return [this.#numbered(this.#respond(exchange, started, said), first, said)];
    }
    const answered = await sendAhead(
      this.#conversation,
      batch.map(({ text }) => text),
      { phase: 'configure', idleMs, onFailure: (some) => this.#keep(batch, some, started) },
    );
    return batch.map((item, index) => this.#numbered(this.#respond(answered[index], started), item));
  }

  /** Those of a window that were answered before it failed. */
  #keep(batch: readonly ConfigItem[], answered: readonly Exchange[], started: Started): void {
    for (const [index, said] of answered.entries()) {
      const item = batch[index];
      if (item !== undefined) this.responses.push(this.#numbered(this.#respond(said, started), item));
    }
    const first = batch[answered.length]?.line;
    if (first !== undefined) this.underWay = { first, last: batch.at(-1)?.line ?? first };
  }

  #respond(said: Exchange = { prompt: '', sent: '', lines: [] }, started: Started, lines = said.lines): Response {
    const ignored = this.#options.refusals === 'ignore';
    const refusal = ignored ? undefined : findRefusal(this.#conversation.platform, lines);
    return responseOf(this.#conversation, said, { started, refusal });
  }

  #numbered(
    response: Response,
    { line, text }: ConfigItem,
    lines: readonly string[] = response.output.split('\n'),
  ): ConfigLineResponse {
    if (response.ok) return { ...response, line };
    const column = markedColumn(
      { prompt: response.prompt, sent: text, lines },
      this.#conversation.platform.terminal.columns,
    );
    return { ...response, line, ...(column === undefined ? {} : { column }) };
  }

  /** What follows an `end` in the middle would be typed as commands. */
  #checkMode(left: number): void {
    const { platform, prompt } = this.#conversation;
    if (!this.#framed || !isRest(platform, prompt.mode)) return;
    const last = this.responses.at(-1);
    throw new ConversationError(
      'unexpected_prompt',
      `line ${last?.line} ('${last?.command.trim()}') left the mode of configuration; the ${left} lines behind it were not sent`,
      { phase: 'configure' },
    );
  }
}
