import { task } from 'rollcall/futures';
import { expect, test } from 'vitest';

test('a second task of a name in one module is refused, the same one again is not', () => {
  const same = (): number => 1;
  task(import.meta.url, 'same', same);
  task(import.meta.url, 'same', same);
  expect(() => task(import.meta.url, 'same', () => 2)).toThrow("there are two tasks 'same'");
  task('file:///another.js', 'same', () => 2);
});
