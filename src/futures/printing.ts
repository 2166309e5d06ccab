/** Returns whether this thread has written something to standard output or error that has not left it yet. */
export function printing(): boolean {
  return process.stdout.writableLength > 0 || process.stderr.writableLength > 0;
}

/** Calls back when all that this thread has written has left it. */
export function printed(done: () => void): void {
  // An empty write is called back after all writes before it, or with the error that stopped them.
  process.stdout.write('', () => process.stderr.write('', () => done()));
}
