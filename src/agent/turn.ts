import { AbortedError, type Deadline, DeviceTimeoutError } from '../base/index.js';

/** One at a time: whoever comes while somebody has the turn waits in line. */
export class Turn {
  #taken = false;
  readonly #waiting: (() => void)[] = [];

  /** Whether somebody has it, or waits for it. */
  get taken(): boolean {
    return this.#taken;
  }

  /** Resolves when it is the caller's turn. @throws AbortedError, DeviceTimeoutError (`device_timeout`). */
  take(signal: AbortSignal, deadline: Deadline): Promise<void> {
    if (!this.#taken) {
      this.#taken = true;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        const at = this.#waiting.indexOf(next);
        if (at !== -1) this.#waiting.splice(at, 1);
        callOff();
        signal.removeEventListener('abort', onAbort);
        finish();
      };
      const next = (): void => settle(resolve);
      const onAbort = (): void =>
        settle(() => reject(new AbortedError('cancelled while another call had the session', { phase: 'open' })));
      const callOff = deadline.schedule(() => settle(() => reject(tooLate())));
      this.#waiting.push(next);
      signal.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Hands it to the next in line. */
  free(): void {
    const next = this.#waiting[0];
    if (next === undefined) this.#taken = false;
    else next();
  }
}

const tooLate = (): DeviceTimeoutError =>
  new DeviceTimeoutError('device_timeout', 'its time in all is over, and another call still had the session', {
    phase: 'open',
  });
