import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Line } from '#dist/runner/turns/line.js';

test('whoever came when, the oldest is the first (random arrivals and departures)', () => {
  const step = fc.oneof({ weight: 3, arbitrary: fc.nat(1000) }, { weight: 2, arbitrary: fc.constant('take' as const) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const line = new Line<{ readonly index: number }>(0, 'key');
      const model: number[] = [];
      for (const what of steps) {
        if (what === 'take') {
          model.sort((a, b) => a - b);
          expect(line.first?.index).toBe(model[0]);
          expect(line.take()?.index).toBe(model.shift());
        } else {
          line.add({ index: what });
          model.push(what);
        }
        expect(line.size).toBe(model.length);
      }
      expect(
        line
          .takeAll()
          .map(({ index }) => index)
          .sort((a, b) => a - b),
      ).toEqual(model.sort((a, b) => a - b));
      expect(line.size).toBe(0);
    }),
  );
});
