/** What the program's end tells the shell. */
export const EXIT = { ok: 0, devicesNotOk: 1, usage: 2, failed: 3, interrupted: 130 } as const;

/** Wrong usage: the message goes to standard error, and the program ends with 2 before anything was connected. */
export class UsageError extends Error {}

/** The work was done and cannot be kept as it was asked for: the message says where it is; the program ends with 3. */
export class KeepingError extends Error {}
