import { afterAll, beforeAll } from 'vitest';
import { type RealDevices, startRealDevices } from './devices.mjs';
import { needOrSkip } from './needs.ts';

/**
 * One set of real devices for the tests of the file or `describe` that calls it: started before them, removed after
 * them, skipped where this machine cannot have it (an error with `CI=true`). Call the answer inside tests and hooks.
 */
export function realDevicesOrSkip(): () => RealDevices {
  let started: RealDevices | undefined;
  if (needOrSkip('real-devices')) {
    beforeAll(async () => {
      started = await startRealDevices();
    });
    afterAll(() => started?.stop());
  }
  return () => {
    if (started === undefined) throw new Error('the real devices are there inside tests only, once beforeAll has run');
    return started;
  };
}
