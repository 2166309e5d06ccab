/** Opening a named pipe waits for whoever writes to it, and nothing can call that off: it would keep the program for good. */
export function refusePipe(facts: { isFIFO(): boolean }): void {
  if (facts.isFIFO()) throw new Error('it is a named pipe; expected a file');
}
