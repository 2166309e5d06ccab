/** Lets asynchronous steps run one after another, in the order in which they were asked for, whatever becomes of each. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(step);
    this.#last = turn.then(
      () => {},
      () => {},
    );
    return turn;
  }
}
