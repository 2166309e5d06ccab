import { beforeAll, beforeEach } from 'vitest';
import { howToGet, type Need, whyMissing } from '../../scripts/system-packages.mjs';

/**
 * Skips the tests of the file or `describe` that calls it when this machine lacks what they need, and says so.
 * With `CI=true` they fail instead. Answers whether the need is met, for work beyond hooks. Name the need literally:
 * scripts/test.mjs looks for these calls in the selected test files, and what they import, to know what to install.
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
