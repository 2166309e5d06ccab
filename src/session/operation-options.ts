/** What every operation that types something takes. */
export interface OperationOptions {
  /** Without a byte while the answer is due; default that of the session. */
  readonly idleMs?: number | undefined;
  /** The virtual device that it is typed in (VDOM, context, vsys, logical system); default that of the target. */
  readonly context?: string | undefined;
}

export interface CommandOptions extends OperationOptions {
  /** The mode in which it is typed, one of the platform's; afterwards the session goes back. Default: where it is. */
  readonly mode?: string | undefined;
  /** `ignore` takes whatever the device says for an answer, also what looks like a refusal; default `report`. */
  readonly refusals?: 'report' | 'ignore' | undefined;
}

export interface UntilOptions {
  /** Ends the answer as well: a text, or a pattern, in one line of it. What is left of the answer is not waited for. */
  readonly until?: string | RegExp | undefined;
}

export interface TimingOptions {
  /** How long nothing may come for the answer to be over; default 2,000. */
  readonly quietMs?: number | undefined;
}
