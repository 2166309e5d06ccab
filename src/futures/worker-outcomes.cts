import type { Encoded } from './transfer.js' with { 'resolution-mode': 'import' };
import type { WorkerParts } from './worker-parts.js' with { 'resolution-mode': 'import' };

import Outbox = require('./outbox.cjs');
import PartsLoader = require('./parts-loader.cjs');
import wire = require('./wire.cjs');
import WorkerContext = require('./worker-context.cjs');

const { EMPTY, PLAIN, JSON_VALUE, CODED_VALUE, OUTCOMES, THREW, isPrimitive, jsonText } = wire;

/** So many items of results go in one message. */
const FEWEST_ITEMS = 96;
const MOST_ITEMS = 384;

type Callable = (...args: unknown[]) => unknown;

interface Places {
  /** The call goes on for a while. */
  occupy(context: WorkerContext): void;
  /** The call is over. */
  vacate(context: WorkerContext): void;
  /** There may be room for calls that wait. */
  drain(): void;
}

/** Says what calls came to: what is plain at once, the rest through the codec. */
class Outcomes {
  readonly #places: Places;
  readonly #outbox: Outbox;
  readonly #parts: PartsLoader;
  #itemsPerMessage = FEWEST_ITEMS;

  constructor(places: Places, outbox: Outbox, parts: PartsLoader) {
    this.#places = places;
    this.#outbox = outbox;
    this.#parts = parts;
  }

  /** Results of a batch go in several messages: the parent sends more calls while this side does the rest. */
  pace(batch: readonly unknown[]): void {
    this.#itemsPerMessage = Math.min(Math.max(batch.length / 4, FEWEST_ITEMS), MOST_ITEMS);
  }

  returned(context: WorkerContext, task: string, value: unknown): void {
    const { slot } = context;
    if (value === undefined) this.#finish(context).push(slot, EMPTY);
    else if (isPrimitive(value)) this.#finish(context).push(slot, PLAIN, value);
    else {
      const text = jsonText(value);
      if (text === undefined) this.#returnCoded(context, `what '${task}' returned`, value);
      else this.#finish(context).push(slot, JSON_VALUE, text);
    }
  }

  threw(context: WorkerContext, error: unknown): void {
    this.#withParts(context, (parts) => this.#sayThrown(parts, context, error));
  }

  async runChunk(context: WorkerContext, task: string, run: Callable, lists: unknown[][]): Promise<void> {
    const what = `what '${task}' returned`;
    const parts = await this.#parts.soon();
    const outcomes = await parts.runChunk((args) => run(...args), lists, what);
    this.#places.vacate(context);
    this.#outbox.alone([context.slot, OUTCOMES, outcomes], () => {
      this.#say(context, [context.slot, OUTCOMES, parts.sendable(outcomes, what)], what);
    });
  }

  #returnCoded(context: WorkerContext, what: string, value: unknown): void {
    this.#withParts(context, (parts) => {
      let coded: Encoded;
      try {
        coded = parts.encode(value, what);
      } catch (error) {
        this.#sayThrown(parts, context, error);
        return;
      }
      this.#say(context, [context.slot, CODED_VALUE, coded], what);
    });
  }

  #sayThrown(parts: WorkerParts, context: WorkerContext, error: unknown): void {
    this.#say(context, [context.slot, THREW, ...parts.encodeThrown(error)], 'what was thrown');
  }

  #say(context: WorkerContext, items: readonly unknown[], what: string): void {
    this.#places.vacate(context);
    this.#outbox.alone(items, (cause) => {
      this.#withParts(context, (parts) => this.#sayThrown(parts, context, parts.refusal(what, cause)));
    });
  }

  /** Ends the call, and returns where its result goes. */
  #finish(context: WorkerContext): unknown[] {
    this.#places.vacate(context);
    const { open } = this.#outbox;
    if (open.length < this.#itemsPerMessage) return open;
    this.#outbox.flush();
    return this.#outbox.open;
  }

  /** Goes on with the parts, at once when they are loaded; the call keeps its place until then. */
  #withParts(context: WorkerContext, goOn: (parts: WorkerParts) => void): void {
    const parts = this.#parts.now;
    if (parts !== undefined) {
      goOn(parts);
      return;
    }
    this.#places.occupy(context);
    void this.#parts.soon().then((loaded) => {
      goOn(loaded);
      this.#places.drain();
    });
  }
}

export = Outcomes;
