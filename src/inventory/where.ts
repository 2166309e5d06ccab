import type { Device } from './device.js';
import type { Expression, Sign, Test } from './where/expression.js';
import { globFits } from './where/glob.js';
import { numberIn, parseExpression } from './where/parse.js';
import { textsOf } from './where/texts.js';

type Fits = (device: Device) => boolean;

/**
 * Returns a function that tells whether a device fits an expression such as `site=msk & !role=core`; the language is in
 * docs/where.md. Throws OptionError, with a caret under the place, for what does not parse.
 */
export function where(expression: string): (device: Device) => boolean {
  return fitsExpression(parseExpression(expression));
}

export function fitsExpression(expression: Expression): Fits {
  switch (expression.kind) {
    case 'not': {
      const inner = fitsExpression(expression.of);
      return (device) => !inner(device);
    }
    case 'all': {
      const parts = expression.of.map(fitsExpression);
      return (device) => parts.every((fits) => fits(device));
    }
    case 'any': {
      const parts = expression.of.map(fitsExpression);
      return (device) => parts.some((fits) => fits(device));
    }
    default:
      return fitsTest(expression);
  }
}

/** Returns what one test alone says of a device. */
export function fitsTest(test: Test): Fits {
  if (test.kind === 'called') {
    const fits = globFits(test.glob);
    return ({ name, groups }) => fits(name) || groups?.some(fits) === true;
  }
  const texts = textsOf(test.key);
  if (test.kind === 'has') {
    const fits = globFits(test.glob);
    return (device) => texts(device).some(fits);
  }
  const { sign, than } = test;
  return (device) => texts(device).some((text) => compares(numberIn(text), sign, than));
}

function compares(value: number | undefined, sign: Sign, than: number): boolean {
  if (value === undefined) return false;
  switch (sign) {
    case '<':
      return value < than;
    case '<=':
      return value <= than;
    case '>':
      return value > than;
    case '>=':
      return value >= than;
  }
}
