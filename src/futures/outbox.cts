type Post = (items: readonly unknown[]) => void;

/** Gathers what one turn has to say in one flat array, and posts it at the end of the turn. */
class Outbox {
  readonly #post: Post;
  #items: unknown[] = [];
  readonly #flush = (): void => this.flush();

  constructor(post: Post) {
    this.#post = post;
  }

  /** The array to push on, now; it is posted when the turn is over. What is pushed must be sure to be cloned. */
  get open(): unknown[] {
    if (this.#items.length === 0) queueMicrotask(this.#flush);
    return this.#items;
  }

  /** Posts something in a message of its own, after all before it. @throws when it cannot be cloned */
  now(items: readonly unknown[]): void {
    this.flush();
    this.#post(items);
  }

  /** Posts something in a message of its own, after all before it, so that what cannot be cloned harms nothing else. */
  alone(items: readonly unknown[], refused: (error: unknown) => void): void {
    this.flush();
    try {
      this.#post(items);
    } catch (error) {
      // Not before whoever sends it has returned.
      queueMicrotask(() => refused(error));
    }
  }

  flush(): void {
    const items = this.#items;
    if (items.length === 0) return;
    this.#items = [];
    this.#post(items);
  }
}

export = Outbox;
