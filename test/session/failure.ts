import type { RollcallError } from '#dist/base/index.js';

/** Waits for the work to fail, and returns the error that it ended with. */
export async function failure(work: Promise<unknown>): Promise<RollcallError> {
  try {
    await work;
  } catch (error) {
    return error as RollcallError;
  }
  throw new Error('it did not fail');
}
