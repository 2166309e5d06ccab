import { OptionError, quote } from '../../base/index.js';
import type { Device } from '../device.js';
import { fitsExpression, fitsTest } from '../where.js';
import { explainTest } from './explain.js';
import { testsOf } from './expression.js';
import { parseExpression } from './parse.js';
import { printTest } from './print.js';

/** The devices that were asked for. */
export interface Chosen {
  readonly devices: readonly Device[];
  /** What in the expressions no device fits: a mistyped word makes of `!role=cor` every device. */
  readonly warnings: readonly string[];
}

/**
 * Returns the devices that fit every one of the expressions, in their order; without an expression all of them.
 * Throws OptionError for what does not parse and, with the keys and values that there are, when nothing fits.
 */
export function devicesWhere(devices: readonly Device[], expressions: readonly string[]): Chosen {
  if (expressions.length === 0) return { devices, warnings: [] };
  const parsed = expressions.map(parseExpression);
  const parts = parsed.map(fitsExpression);
  const chosen = devices.filter((device) => parts.every((fits) => fits(device)));
  const tests = parsed.flatMap(testsOf);
  if (chosen.length === 0) throw nothingFits(devices, { expressions, tests });
  const idle = tests.filter((test) => !devices.some(fitsTest(test)));
  const warnings = [...new Set(idle.map((test) => `where: no device fits ${explainTest(test, devices)}`))];
  return { devices: chosen, warnings };
}

interface Asked {
  readonly expressions: readonly string[];
  readonly tests: ReturnType<typeof testsOf>;
}

/** How many of the tests an error tells of. */
const SHOWN_TESTS = 10;

function nothingFits(devices: readonly Device[], { expressions, tests }: Asked): OptionError {
  const shown = expressions.map((one) => quote(one)).join(' and ');
  const lines = tests.slice(0, SHOWN_TESTS).map((test) => {
    const count = devices.filter(fitsTest(test)).length;
    return count === 0 ? `  none fits ${explainTest(test, devices)}` : `  ${count} fit ${printTest(test)}`;
  });
  return new OptionError(`where: none of the ${devices.length} devices fits ${shown}\n${lines.join('\n')}`);
}
