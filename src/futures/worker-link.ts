import { withheldEnvironment } from '../base/index.js';
import type { Call, CallRunner, Outcome } from './call.js';
import { addRemoteStack } from './error-codec.js';
import { learnErrors } from './learn-errors.js';
import { LinkTalk } from './link-talk.js';
import type { ChunkOutcome, ToParent, WorkerSetup } from './messages.js';
import Outbox from './outbox.cjs';
import { pushCall } from './push-call.js';
import { Slots } from './slots.js';
import type { TaskAddress } from './task.js';
import type { Encoded } from './transfer.js';
import wire from './wire.cjs';
import type { StartWorker, WorkerExit, WorkerPort } from './worker-port.js';

const { MESSAGE, COST, EMPTY, PLAIN, JSON_VALUE, CODED_VALUE, OUTCOMES, THREW } = wire;

export interface LinkOwner {
  /** The call is over: settle it. */
  onOver(call: Call, failed: boolean, outcome: unknown): void;
  /** The worker has places free. */
  onRoom(link: WorkerLink): void;
  /** Calls of the task with that number took so many nanoseconds each. */
  onCost(task: number, nanos: number): void;
  /** The worker was sent the call and did not begin it. */
  onGivenBack(call: Call): void;
  onInitFailed(link: WorkerLink, error: unknown): void;
  onExit(link: WorkerLink, exit: WorkerExit, loss: Loss): void;
}

/** What a worker that is gone leaves behind. */
export interface Loss {
  /** It was asked to end, or ended by force. */
  readonly expected: boolean;
  /** The calls that it may have begun. */
  readonly lost: readonly Call[];
  readonly notBegun: readonly Call[];
}

export interface LinkSettings {
  readonly start: StartWorker;
  readonly setup: Omit<WorkerSetup, 'initargs' | 'claims' | 'environment'>;
  readonly initargs: readonly unknown[];
  /** Whether calls keep the program from ending; false for daemons. */
  readonly holds: boolean;
}

/** The parent's end of one worker: sends calls, hears what they come to. */
export class WorkerLink implements CallRunner {
  readonly name: string;
  readonly places: number;
  /** How many calls it was ever given. */
  given = 0;
  /** Set when the worker has told that it runs; before that no call has begun. */
  ready = false;
  /** Set when it takes no more calls. */
  ending = false;
  /** Set when calls that were sent ahead did not get their turn; cleared by its next word. */
  stuck = false;
  /** How many messages it has sent. */
  heard = 0;
  /** Nanoseconds that its calls are expected to take. */
  work = 0;
  readonly #owner: LinkOwner;
  readonly #holds: boolean;
  readonly #port: WorkerPort;
  readonly #outbox: Outbox;
  readonly #talk: LinkTalk;
  readonly #slots: Slots;
  readonly #introduced: boolean[] = [];
  /** How many things beside calls it has to do still. */
  #busy = 0;
  /** The slots of the calls that a process had begun when it left, if it could say so. */
  #begun: readonly number[] | undefined;
  /** The slots of calls that are over, and whose errors have to be learned before they are told. */
  readonly #learning = new Set<number>();
  #held: boolean | undefined;

  constructor(owner: LinkOwner, { start, setup, initargs, holds }: LinkSettings) {
    const shared = setup.kind === 'thread';
    this.name = setup.name;
    this.places = setup.places;
    this.#owner = owner;
    this.#holds = holds;
    this.#talk = new LinkTalk(shared);
    this.#slots = new Slots(shared);
    this.#port = start(setup.name, {
      onBatch: (batch) => this.#receive(batch),
      onExit: (exit) => this.#exited(exit),
    });
    this.#outbox = new Outbox((batch) => this.#port.post(batch));
    this.#talk.open(this.#outbox);
    this.#setUp(setup, initargs);
  }

  #setUp(setup: LinkSettings['setup'], initargs: readonly unknown[]): void {
    const { claims } = this.#slots;
    const failed = (error: unknown): void => this.#owner.onInitFailed(this, error);
    try {
      const encoded = this.#talk.codec.encode(initargs, 'what the initializer is given');
      const apart = setup.kind === 'process' ? { environment: withheldEnvironment() } : { claims };
      const sent = { ...setup, ...apart, initargs: encoded };
      this.#talk.say(['setup', sent], failed);
    } catch (error) {
      // Not before the owner has its link.
      queueMicrotask(() => failed(error));
    }
  }

  get pid(): number | undefined {
    return this.#port.pid;
  }

  /** How many calls it was sent that are not over. */
  get load(): number {
    return this.#slots.taken;
  }

  /** Whether it has a call that waits for another one. */
  get hasAhead(): boolean {
    return this.#slots.taken > this.places;
  }

  /** Whether calls may be sent to it while it has others to do. */
  get takesAhead(): boolean {
    return this.ready && !this.stuck && this.#slots.claimable;
  }

  /** Sends the call to be run now; one that cannot be sent fails by itself. `cost` is in nanoseconds. */
  run(call: Call, cost: number): void {
    this.#send(call, cost, false);
    if (call.future.running()) call.restart(this);
    else call.start(this);
  }

  /** Sends the call to be run after those that the worker has; a thread can still be robbed of it. */
  runNext(call: Call, cost: number): void {
    this.#send(call, cost, true);
    if (call.future.running()) call.restart(this);
    else if (this.#slots.claims === undefined) call.start(this);
    else call.sentAhead(this);
  }

  abort(call: Call, reason: unknown): void {
    this.#talk.abort(call, reason);
  }

  begun(call: Call): boolean {
    return this.#slots.begun(call);
  }

  revoke(call: Call): boolean {
    if (!this.#slots.revoke(call)) return false;
    this.work -= call.cost;
    this.#updateHold();
    return true;
  }

  /** Returns the calls that it has not begun, the oldest first; it will not begin them. A process is only asked to give them back. */
  takeBack(): Call[] {
    this.stuck = true;
    if (this.#slots.claims === undefined) {
      this.#talk.say(['giveBack']);
      return [];
    }
    const back = this.waiting().filter((call) => this.revoke(call));
    for (const call of back) call.sentAhead(undefined);
    this.given -= back.length;
    return back;
  }

  /** The calls that may not have begun, the oldest first. */
  waiting(): Call[] {
    const calls = this.#slots.all().filter(({ future }) => future.snapshot().state === 'pending');
    return calls.sort((a, b) => a.serial - b.serial);
  }

  /** Lets the worker go once it has nothing to do. */
  end(): void {
    if (this.ending) return;
    this.ending = true;
    this.#updateHold();
    this.#talk.say(['end']);
  }

  /** Ends the worker now. */
  stop(how: 'terminate' | 'kill'): void {
    this.ending = true;
    this.#updateHold();
    this.#port.stop(how);
  }

  #send(call: Call, cost: number, ahead: boolean): void {
    const address = call.address as TaskAddress;
    call.cost = cost;
    this.given += 1;
    this.work += cost;
    this.#slots.take(call, ahead);
    this.#updateHold();
    if (this.#introduced[address.number] !== true) {
      this.#introduced[address.number] = true;
      this.#outbox.open.push(MESSAGE, ['task', address.number, address]);
    }
    pushCall(call, address, this.#outbox, this.#talk.codec, (error) => {
      this.#over(call.slot, true, error);
      this.#owner.onRoom(this);
    });
  }

  #receive(batch: readonly unknown[]): void {
    this.stuck = false;
    this.heard += 1;
    for (let at = 0; at < batch.length; ) {
      const slot = batch[at] as number;
      const kind = batch[at + 1];
      if (slot >= 0) {
        if (kind === EMPTY) this.#over(slot, false, undefined);
        else if (kind === PLAIN) this.#over(slot, false, batch[at + 2]);
        else if (kind === JSON_VALUE) this.#over(slot, false, JSON.parse(batch[at + 2] as string));
        else if (kind === CODED_VALUE) this.#returned(slot, batch[at + 2] as Encoded);
        else if (kind === OUTCOMES) this.#returnedChunk(slot, batch[at + 2] as readonly ChunkOutcome[]);
        else if (kind === THREW) this.#threw(slot, batch[at + 2] as Encoded, batch[at + 3] as readonly string[]);
        else this.#skipped(slot);
        at += kind === EMPTY || kind === wire.SKIPPED ? 2 : kind === THREW ? 4 : 3;
      } else if (slot === COST) {
        this.#owner.onCost(kind as number, batch[at + 2] as number);
        at += 3;
      } else {
        this.#hear(kind as ToParent);
        at += 2;
      }
    }
    // New calls first, so that a worker that is kept busy is not let go in between.
    this.#owner.onRoom(this);
    this.#updateHold();
  }

  #hear(message: ToParent): void {
    if (message[0] === 'ready') this.ready = true;
    else if (message[0] === 'initFailed') this.#owner.onInitFailed(this, this.#talk.decode(message[1], undefined));
    else if (message[0] === 'busy') this.#busy += 1;
    else if (message[0] === 'quiet') this.#busy -= 1;
    else if (message[0] === 'leaving') this.#begun = message[1];
    else if (message[0] === 'note') this.#talk.note(message[1], message[2]);
    else if (message[0] === 'event') {
      const call = this.#callAt(message[1], message[2]);
      if (call !== undefined) this.#talk.deliver(call, message[3]);
    } else {
      void this.#talk.serve(message, message[2] === 'ask' ? this.#callAt(message[3], message[4]) : undefined);
    }
  }

  #callAt(slot: number, serial: number): Call | undefined {
    const call = this.#slots.at(slot);
    return call?.serial === serial ? call : undefined;
  }

  #returned(slot: number, value: Encoded): void {
    const url = this.#slots.at(slot)?.address?.url ?? '';
    this.#settle(slot, [], url, () => [true, this.#talk.codec.decode(value, url)]);
  }

  #returnedChunk(slot: number, outcomes: readonly ChunkOutcome[]): void {
    const { url = '', name = '' } = this.#slots.at(slot)?.address ?? {};
    const classes = outcomes.flatMap(([, , names]) => names);
    this.#settle(slot, classes, url, () => [
      true,
      outcomes.map(([ok, outcome]): Outcome => {
        return [ok, ok ? this.#talk.codec.decode(outcome, url) : this.#thrown(outcome, url, name)];
      }),
    ]);
  }

  #threw(slot: number, thrown: Encoded, classes: readonly string[]): void {
    const { url = '', name = '' } = this.#slots.at(slot)?.address ?? {};
    this.#settle(slot, classes, url, () => [false, this.#thrown(thrown, url, name)]);
  }

  #settle(slot: number, classes: readonly string[], url: string, decode: () => Outcome): void {
    const now = (): void => {
      let outcome: Outcome;
      try {
        outcome = decode();
      } catch (error) {
        outcome = [false, error];
      }
      this.#over(slot, !outcome[0], outcome[1]);
    };
    const learning = learnErrors(classes, url);
    if (learning === undefined) now();
    else {
      this.#learning.add(slot);
      void learning.then(() => {
        this.#learning.delete(slot);
        now();
        this.#updateHold();
        this.#owner.onRoom(this);
      });
    }
  }

  #over(slot: number, failed: boolean, outcome: unknown): void {
    const call = this.#slots.leave(slot);
    if (call === undefined) return;
    this.work = this.#slots.taken === 0 ? 0 : this.work - call.cost;
    this.#owner.onOver(call, failed, outcome);
  }

  #skipped(slot: number): void {
    const call = this.#slots.leave(slot);
    if (call === undefined) return;
    this.work -= call.cost;
    this.given -= 1;
    this.#owner.onGivenBack(call);
  }

  #thrown(thrown: Encoded, url: string, task: string): unknown {
    const error = this.#talk.codec.decode(thrown, url);
    addRemoteStack(error, { worker: this.name, task });
    return error;
  }

  #updateHold(): void {
    const hold = this.#holds && (this.#slots.taken > 0 || this.#busy > 0 || this.ending);
    if (hold === this.#held) return;
    this.#held = hold;
    this.#port.hold(hold);
  }

  #exited(exit: WorkerExit): void {
    const expected = this.ending;
    this.ending = true;
    this.#talk.close();
    const notBegun = this.#slots.claims === undefined ? this.#notBegun() : this.takeBack();
    const lost = this.#left();
    for (const { slot } of lost) this.#slots.leave(slot);
    this.#owner.onExit(this, exit, { expected, lost, notBegun });
  }

  #notBegun(): Call[] {
    const begun = this.#begun;
    if (begun === undefined) return [];
    const calls = this.#left().filter(({ slot }) => !begun.includes(slot));
    for (const { slot } of calls) this.#slots.leave(slot);
    return calls.sort((a, b) => a.serial - b.serial);
  }

  /** The calls whose outcome has not come. */
  #left(): Call[] {
    return this.#slots.all().filter(({ slot }) => !this.#learning.has(slot));
  }
}
