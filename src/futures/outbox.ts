/**
 * Gathers messages and posts all of one turn at once. When the post fails because a value in it cannot be cloned,
 * each message goes alone, and only the one that is to blame is given back to its sender.
 */
export class Outbox<M> {
  readonly #post: (messages: readonly M[]) => void;
  #waiting: { readonly message: M; readonly refused: (error: unknown) => void }[] = [];

  constructor(post: (messages: readonly M[]) => void) {
    this.#post = post;
  }

  push(message: M, refused: (error: unknown) => void = ignore): void {
    if (this.#waiting.length === 0) queueMicrotask(() => this.flush());
    this.#waiting.push({ message, refused });
  }

  flush(): void {
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    this.#waiting = [];
    try {
      this.#post(waiting.map(({ message }) => message));
    } catch {
      for (const { message, refused } of waiting) this.#postAlone(message, refused);
    }
  }

  #postAlone(message: M, refused: (error: unknown) => void): void {
    try {
      this.#post([message]);
    } catch (error) {
      refused(error);
    }
  }
}

function ignore(): void {}
