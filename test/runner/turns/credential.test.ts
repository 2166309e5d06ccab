import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Credential, type LoginOutcome } from '#dist/runner/turns/credential.js';

test('on trial one login goes at a time, and the first that is accepted opens it to all', () => {
  const credential = new Credential({ onTrial: true });
  expect(credential.mayBegin).toBe('now');
  credential.begin();
  expect(credential.mayBegin).toBe('later');
  credential.told('nothing');
  expect(credential.mayBegin).toBe('now');
  credential.begin();
  credential.told('accepted');
  for (let count = 0; count < 20; count++) {
    expect(credential.mayBegin).toBe('now');
    credential.begin();
  }
});

test('two refusals in a row on trial stop it for good', () => {
  const credential = new Credential({ onTrial: true });
  credential.begin();
  credential.told('refused');
  expect(credential.mayBegin).toBe('now');
  credential.begin();
  credential.told('nothing');
  credential.begin();
  credential.told('refused');
  expect(credential.mayBegin).toBe('never');
});

test('a refusal lets nobody in until all that are under way have told; a success behind it clears the credential', () => {
  const credential = new Credential({ onTrial: false });
  for (let count = 0; count < 4; count++) credential.begin();
  credential.told('refused');
  credential.told('refused');
  expect(credential.mayBegin).toBe('later');
  credential.told('accepted');
  expect(credential.mayBegin).toBe('later');
  credential.told('nothing');
  expect(credential.mayBegin).toBe('now');
});

test('a lone refusal behind the last success puts it on trial again', () => {
  const credential = new Credential({ onTrial: false });
  credential.begin();
  credential.told('refused');
  credential.begin();
  expect(credential.mayBegin).toBe('later');
  credential.told('refused');
  expect(credential.mayBegin).toBe('never');
});

test('a device that does not answer the connection leaves room for one more trial, and never for a third refusal', () => {
  const credential = new Credential({ onTrial: true });
  credential.begin();
  credential.stuck(true);
  expect(credential.mayBegin).toBe('now');
  credential.begin();
  credential.stuck(true);
  expect(credential.mayBegin).toBe('later');
  credential.stuck(false);
  credential.told('refused');
  expect(credential.mayBegin).toBe('later');
});

/** Runs devices with these outcomes, as many at once as there is room, and tells them in an order that `pick` chooses. */
function runAll(
  outcomes: readonly LoginOutcome[],
  { onTrial, room, pick }: { readonly onTrial: boolean; readonly room: number; readonly pick: () => number },
) {
  const credential = new Credential({ onTrial });
  const waiting = [...outcomes];
  const underWay: { readonly outcome: LoginOutcome; stuck: boolean }[] = [];
  const told: LoginOutcome[] = [];
  let mostAtOnceBeforeSuccess = 0;
  for (;;) {
    while (waiting.length > 0 && underWay.length < room && credential.mayBegin === 'now') {
      credential.begin();
      underWay.push({ outcome: waiting.shift() as LoginOutcome, stuck: false });
      if (!told.includes('accepted')) {
        mostAtOnceBeforeSuccess = Math.max(mostAtOnceBeforeSuccess, underWay.filter(({ stuck }) => !stuck).length);
      }
    }
    if (underWay.length === 0) break;
    const at = pick() % underWay.length;
    const one = underWay[at] as (typeof underWay)[number];
    if (pick() % 4 === 0 && !one.stuck) {
      one.stuck = true;
      credential.stuck(true);
      continue;
    }
    if (one.stuck) credential.stuck(false);
    underWay.splice(at, 1);
    credential.told(one.outcome);
    told.push(one.outcome);
  }
  return { told, waiting, verdict: credential.mayBegin, mostAtOnceBeforeSuccess };
}

const outcome = fc.constantFrom<LoginOutcome>('accepted', 'accepted', 'refused', 'nothing');
const course = {
  outcomes: fc.array(outcome, { maxLength: 60 }),
  room: fc.integer({ min: 1, max: 20 }),
  picks: fc.infiniteStream(fc.nat(999)),
};
const longestRow = (told: readonly LoginOutcome[]): number => {
  let row = 0;
  let longest = 0;
  for (const one of told) {
    if (one === 'accepted') row = 0;
    if (one === 'refused') longest = Math.max(longest, ++row);
  }
  return longest;
};

test('whatever the outcomes and their order: before the first success never more than 2 refusals, and nobody is left waiting', () => {
  fc.assert(
    fc.property(course.outcomes, course.room, course.picks, (outcomes, room, picks) => {
      const { told, waiting, verdict } = runAll(outcomes, {
        onTrial: true,
        room,
        pick: () => picks.next().value as number,
      });
      const first = told.indexOf('accepted');
      const before = told.slice(0, first < 0 ? undefined : first);
      expect(before.filter((one) => one === 'refused').length).toBeLessThanOrEqual(2);
      // Either every device has had its turn, or the credential is stopped.
      if (waiting.length > 0) expect(verdict).toBe('never');
      if (!told.includes('refused')) expect(verdict).not.toBe('never');
    }),
    { numRuns: 2_000 },
  );
});

test('a row of refusals is never longer than what was under way at the first of them, and one more', () => {
  fc.assert(
    fc.property(course.outcomes, course.room, course.picks, (outcomes, room, picks) => {
      const { told } = runAll(outcomes, { onTrial: false, room, pick: () => picks.next().value as number });
      expect(longestRow(told)).toBeLessThanOrEqual(room + 1);
    }),
    { numRuns: 2_000 },
  );
});

test('a wrong password that nobody accepts costs 2 refusals on any number of devices', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom<LoginOutcome>('refused', 'nothing'), { minLength: 6, maxLength: 500 }),
      course.room,
      course.picks,
      (outcomes, room, picks) => {
        const { told } = runAll(outcomes, { onTrial: true, room, pick: () => picks.next().value as number });
        expect(told.filter((one) => one === 'refused').length).toBeLessThanOrEqual(2);
      },
    ),
  );
});

test('on trial no two logins are under way at once, devices that do not answer left aside', () => {
  fc.assert(
    fc.property(course.outcomes, course.room, course.picks, (outcomes, room, picks) => {
      const pick = (): number => picks.next().value as number;
      expect(runAll(outcomes, { onTrial: true, room, pick }).mostAtOnceBeforeSuccess).toBeLessThanOrEqual(1);
    }),
  );
});
