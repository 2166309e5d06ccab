import { expect, test } from 'vitest';
import { AuthenticationError, adopted, RollcallError } from '#dist/base/index.js';

test('an error of another copy of rollcall keeps its code, its phase and its words', () => {
  // What a class of another copy makes: the same properties, and another prototype.
  const foreign = Object.assign(new Error('refused'), { code: 'authentication', phase: 'authenticate' });
  const error = adopted(foreign);
  expect(error).toBeInstanceOf(RollcallError);
  expect(error).toMatchObject({ code: 'authentication', phase: 'authenticate', message: 'refused', cause: foreign });
});

test('an error of this copy is left as it is, and one of anybody else is none of ours', () => {
  const own = new AuthenticationError('authentication', 'refused');
  expect(adopted(own)).toBe(own);
  expect(adopted(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBeUndefined();
  expect([adopted('text'), adopted(undefined), adopted({ code: 'authentication' })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
