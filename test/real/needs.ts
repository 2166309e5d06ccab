import { afterAll, beforeAll, beforeEach } from 'vitest';
import { howToGet, type Need, whyMissing } from '../../scripts/system-packages.mjs';
import { type RealDevices, startRealDevices } from './devices.mjs';

/**
 * Skips the tests of the file or `describe` that calls it when this machine lacks what they need, and says so.
 * With `CI=true` they fail instead. Answers whether the need is met, for work beyond hooks.
 */
export function needOrSkip(need: Need): boolean {
  const why = whyMissing(need);
  if (why === undefined) return true;
  const message = `${need}: ${why}. To get it: ${howToGet(need)}`;
  if (process.env.CI === 'true') {
    beforeAll(() => {
      throw new Error(message);
    });
  } else {
    beforeEach((test) => test.skip(message));
  }
  return false;
}

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
