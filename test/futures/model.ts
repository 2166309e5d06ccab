/** What a call does: by itself, until it is released or aborted, until its time is over, or taking its worker along. */
export type CallKind = 'quick' | 'fail' | 'held' | 'stoppable' | 'timed' | 'die';

export type Ending = 'value' | 'failed' | 'aborted' | 'timed out' | 'cancelled' | 'broken';

export interface ModelCall {
  readonly kind: CallKind;
  state: 'pending' | 'running' | 'over';
  /** How it may have ended; more than one where the death of a worker races with it. */
  endings: readonly Ending[];
}

const OWN: Readonly<Record<CallKind, Ending>> = {
  quick: 'value',
  fail: 'failed',
  held: 'value',
  stoppable: 'aborted',
  timed: 'timed out',
  die: 'broken',
};

const waitsForUs = (kind: CallKind): boolean => kind === 'held' || kind === 'stoppable';

/** The contract of an executor, as simple as it can be said: calls start in order, so many at once. */
export class Model {
  readonly calls: ModelCall[] = [];
  shutDown = false;
  broken = false;
  readonly #workers: number;
  readonly #replaces: boolean;
  /** Ended by themselves since all was last seen at rest: a worker's death may still overtake their results. */
  #unseen: ModelCall[] = [];

  constructor(workers: number, replaces: boolean) {
    this.#workers = workers;
    this.#replaces = replaces;
  }

  get running(): ModelCall[] {
    return this.calls.filter(({ state }) => state === 'running');
  }

  submit(kind: CallKind): ModelCall {
    const call: ModelCall = { kind, state: 'pending', endings: [] };
    this.calls.push(call);
    this.#advance();
    return call;
  }

  /** A call that runs until we say ends now, the way of its kind. */
  end(call: ModelCall): void {
    this.#over(call, [OWN[call.kind]]);
    this.#advance();
  }

  cancel(call: ModelCall): void {
    this.#over(call, ['cancelled']);
    this.#advance();
  }

  shutdown(cancelFutures: boolean): void {
    this.shutDown = true;
    if (!cancelFutures) return;
    for (const call of this.calls) if (call.state === 'pending') this.#over(call, ['cancelled']);
  }

  /** All that can happen without us has happened. */
  seenAtRest(): void {
    this.#unseen = [];
  }

  #over(call: ModelCall, endings: readonly Ending[]): void {
    call.state = 'over';
    call.endings = endings;
  }

  #advance(): void {
    for (const call of this.calls) {
      if (call.state !== 'pending') continue;
      if (this.running.length >= this.#workers) return;
      if (waitsForUs(call.kind)) call.state = 'running';
      else if (call.kind === 'die' && !this.#replaces) this.#break(call);
      else {
        this.#over(call, [OWN[call.kind]]);
        this.#unseen.push(call);
      }
    }
  }

  #break(dying: ModelCall): void {
    this.broken = true;
    this.#over(dying, ['broken']);
    for (const call of this.#unseen) call.endings = [...new Set([...call.endings, 'broken' as const])];
    for (const call of this.calls) {
      if (call.state === 'over') continue;
      this.#over(call, waitsForUs(call.kind) ? ['broken'] : [...new Set([OWN[call.kind], 'broken' as const])]);
    }
  }
}
