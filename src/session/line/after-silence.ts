/**
 * Calls `then` in so many milliseconds, once the bytes that had arrived by then were read: a program that was busy must
 * not take its own delay for the device's silence. Returns a function that calls it off.
 */
export function afterSilence(ms: number, then: () => void): () => void {
  let reading: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    // Node reads its sockets between timers and immediates.
    reading = setImmediate(then);
  }, Math.ceil(ms));
  return () => {
    clearTimeout(timer);
    clearImmediate(reading);
  };
}

/**
 * Calls `then` once all bytes that have arrived by now were read: they may go on behind what looks like an end. Costs a
 * turn of the event loop, and no time. Returns a function that calls it off.
 */
export function afterRead(then: () => void): () => void {
  // The first comes before the sockets are read again, the second behind that.
  let turn = setImmediate(() => {
    turn = setImmediate(then);
  });
  return () => clearImmediate(turn);
}
