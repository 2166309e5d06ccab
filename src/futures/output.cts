type Stream = 'stdout' | 'stderr';

/** Returns whether this thread has written something to standard output or error that has not left it yet. */
function printing(): boolean {
  return process.stdout.writableLength > 0 || process.stderr.writableLength > 0;
}

/** Calls back when all that this thread has written has left it. */
function printed(done: () => void): void {
  // An empty write is called back after all writes before it, or with the error that stopped them.
  process.stdout.write('', () => process.stderr.write('', () => done()));
}

/** Notes whether the streams are ever used: to open them only to see that they are empty takes milliseconds. */
function watchOutput(): { used(): boolean } {
  let used = false;
  for (const name of ['stdout', 'stderr'] satisfies Stream[]) {
    const property = Object.getOwnPropertyDescriptor(process, name);
    const get = property?.get;
    // Where it is no getter there is nothing to spare.
    if (property?.configurable !== true || get === undefined) used = true;
    else {
      Object.defineProperty(process, name, {
        ...property,
        get: () => {
          used = true;
          return get.call(process);
        },
      });
    }
  }
  return { used: () => used };
}

export = { printing, printed, watchOutput };
