import fc from 'fast-check';
import { secretLinesOf } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { type RecordedEntry, Redactor, type SecretLineData } from '#dist/base/index.js';

/** One step of a session: what came, or what was typed. */
type Step = readonly ['<' | '>', string];

const show = (entries: readonly RecordedEntry[], kind: string): string =>
  entries
    .flatMap((entry) => (entry.kind === kind && 'pieces' in entry ? entry.pieces : []))
    .map((piece) => (piece === 'secret' ? '\u{1f512}' : Buffer.from(piece).toString('latin1')))
    .join('');

function record(
  steps: readonly Step[],
  { secrets = [], lines = secretLinesOf({}) }: { secrets?: readonly string[]; lines?: readonly SecretLineData[] } = {},
) {
  const entries: RecordedEntry[] = [];
  const redactor = new Redactor({ secretLines: lines, write: (entry) => entries.push(entry) });
  for (const secret of secrets) redactor.addSecret(Buffer.from(secret));
  steps.forEach(([direction, text], index) => {
    const bytes = Buffer.from(text, 'latin1');
    if (direction === '<') redactor.received(bytes, index);
    else redactor.sent(bytes, index);
  });
  const before = entries.length;
  redactor.finish();
  return { entries, before, received: show(entries, 'received'), sent: show(entries, 'sent') };
}

describe('known secrets', () => {
  const secrets = ['hunter2-long'];
  test.each([
    ['in one piece', ['user hunter2-long ok\r\n'], 'user \u{1f512} ok\r\n'],
    ['split over reads', ['user hun', 'ter2-', 'long ok\r\n'], 'user \u{1f512} ok\r\n'],
    ['broken by the wrap of a line', ['R1#x hunter2-\r\nlong y\r\n'], 'R1#x \u{1f512} y\r\n'],
    ['wrapped with a space and a carriage return', ['R1#x hunter2 \r-long y\r\n'], 'R1#x \u{1f512} y\r\n'],
    ['with an escape sequence in it', ['x hunt\u001b[1mer2-long y\r\n'], 'x \u{1f512} y\r\n'],
    ['typed with a correction', ['x hunteq\b \br2-long y\r\n'], 'x \u{1f512} y\r\n'],
    [
      'drawn anew from a $ on',
      ['R1#username x hunter\b\b\b\b\b\b$ame x hunter2-long\r\n'],
      'R1#username x \u{1f512}\b\b\b\b\b\b$ame x \u{1f512}\r\n',
    ],
    ['its end alone, behind a $', ['\r$ter2-long more\r\n'], '\r$\u{1f512} more\r\n'],
    ['twice', ['hunter2-longhunter2-long\r\n'], '\u{1f512}\r\n'],
    ['cut off by the end of the session', ['x hunter2'], 'x \u{1f512}'],
    ['no secret: an empty line stands between', ['x hunter2-\r\n\r\nlong y\r\n'], 'x hunter2-\r\n\r\nlong y\r\n'],
  ])('%s', (_what, pieces, received) => {
    expect(
      record(
        pieces.map((piece) => ['<', piece] as const),
        { secrets },
      ).received,
    ).toBe(received);
  });
});

describe('secret lines', () => {
  test('are blanked when the line is whole, whatever it was cut into', () => {
    const line = 'snmp-server community hushhush RO\r\n';
    for (let at = 0; at <= line.length; at++) {
      const { received } = record([
        ['<', line.slice(0, at)],
        ['<', line.slice(at)],
      ]);
      expect(received).toBe('snmp-server community \u{1f512} RO\r\n');
    }
  });

  test('lose nothing of their secret when the session breaks in the middle of one', () => {
    const line = 'username bob secret topsecret';
    for (let at = 'username bob secret '.length + 1; at <= line.length; at++) {
      expect(record([['<', line.slice(0, at)]]).received).toBe('username bob secret \u{1f512}');
    }
  });

  test('are found behind what a pager has rubbed out', () => {
    const pager = ' --More-- \b\b\b\b\b\b\b\b\b\b          \b\b\b\b\b\b\b\b\b\b';
    expect(record([['<', `${pager}snmp-server community hushhush RO\r\n`]]).received).toBe(
      `${pager}snmp-server community \u{1f512} RO\r\n`,
    );
    const own = [{ pattern: String.raw`^magic (\S+)` }];
    expect(record([['<', ' --More-- \r          \rmagic word\r\n']], { lines: own }).received).toContain(
      'magic \u{1f512}',
    );
  });

  test('a private key is blanked line by line until its end', () => {
    const text =
      'show key\r\n-----BEGIN RSA PRIVATE KEY-----\r\nMIIabc\r\ndef=\r\n-----END RSA PRIVATE KEY-----\r\nR1#';
    expect(record([['<', text]]).received).toBe(
      'show key\r\n-----BEGIN RSA PRIVATE KEY-----\r\n\u{1f512}\r\n\u{1f512}\r\n-----END RSA PRIVATE KEY-----\r\nR1#',
    );
  });

  test('what was typed in one is blanked in its echo as well, however the device draws that', () => {
    const { sent, received } = record([
      ['<', 'R1(config)#'],
      ['>', 'enable secret abc-def-ghi\r'],
      ['<', 'enable secret abc-d\b\b\b\b\b$cret abc-def'],
      ['<', '-ghi\r\nR1(config)#'],
    ]);
    expect(sent).toBe('enable secret \u{1f512}\r');
    expect(received).not.toMatch(/abc/);
    expect(received).toMatch(/^R1\(config\)#enable secret [\s\S]*\r\nR1\(config\)#$/);
  });
});

describe('questions for a secret', () => {
  test.each(['Password: ', 'Enter one-time code: ', "bob@r1's password: ", 'PIN> ', 'Enter passphrase for key: '])(
    'what is typed at %j is not written, nor what comes of it later',
    (question) => {
      const { sent, received } = record([
        ['<', `login\r\n${question}`],
        ...[...'47-11-99\r'].map((key) => ['>', key] as const),
        ['<', '\r\nyou typed 47-11-99\r\nR1>'],
        ['>', 'show clock\r'],
      ]);
      expect(sent).toBe('\u{1f512}\rshow clock\r');
      expect(received).toBe(`login\r\n${question}\r\nyou typed \u{1f512}\r\nR1>`);
    },
  );
});

test('keys for a pager hold up nothing of what the device says then', () => {
  const { entries, before } = record([
    ['<', 'line 1\r\n --More-- '],
    ['>', ' '],
    ['<', '\r         \rline 2\r\n'],
  ]);
  expect(entries.slice(0, before).map(({ kind, atMs }) => [kind, atMs])).toEqual([
    ['received', 0],
    ['received', 0],
    ['sent', 1],
    ['received', 2],
  ]);
});

test('a device that ends no line fills no memory, and its secrets are still blanked', () => {
  const filler = 'x'.repeat(1000);
  const steps: Step[] = [];
  for (let index = 0; index < 1000; index++) steps.push(['<', `${filler} hunter2-long password kept-quiet `]);
  const { entries, before, received } = record(steps, { secrets: ['hunter2-long'] });
  expect(received).toBe(`${filler} \u{1f512} password \u{1f512} `.repeat(1000));
  expect(before).toBeGreaterThan(entries.length / 2);
});

test('secrets in random streams never come through, and everything else does, byte for byte', () => {
  // Secrets are of letters that stand nowhere else, so that what is left over of one can be told.
  const secret = fc.string({ unit: fc.constantFrom(...'QWXZÄ'), minLength: 4, maxLength: 12 });
  const word = fc.string({ unit: fc.constantFrom(...'abcdefg0123 .,:/\u00e9'), minLength: 1, maxLength: 20 });
  const control = fc.constantFrom('\u001b[K', '\u001b[1;31m', '\u0007', '\t', '\u00ff\u00fe', '\u0000');
  fc.assert(
    fc.property(
      fc.record({
        secrets: fc.uniqueArray(secret, { minLength: 1, maxLength: 3 }),
        lines: fc.array(
          fc.record({
            sent: fc.boolean(),
            parts: fc.array(fc.oneof(word, control, fc.nat({ max: 2 }), fc.constant(null)), { maxLength: 6 }),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        cuts: fc.array(fc.nat({ max: 30 }), { minLength: 1, maxLength: 30 }),
        broken: fc.boolean(),
      }),
      ({ secrets, lines, cuts, broken }) => {
        const steps: Step[] = [];
        const expected = { '<': '', '>': '' };
        let cut = 0;
        for (const { sent, parts } of lines) {
          const direction = sent ? '>' : '<';
          let text = '';
          let blanked = '';
          for (const part of parts) {
            // A number is a known secret, null one that only its line gives away.
            const value = typeof part === 'number' ? secrets[part % secrets.length] : undefined;
            const bytes = value === undefined ? undefined : Buffer.from(value).toString('latin1');
            if (part === null) {
              text += ' snmp-server community "YVYV" RO';
              blanked += ' snmp-server community \u{1f512} RO';
            } else {
              text += typeof bytes === 'string' ? `|${bytes}|` : part;
              blanked += typeof bytes === 'string' ? '|\u{1f512}|' : part;
            }
          }
          text += sent ? '\r' : '\r\n';
          expected[direction] += blanked + (sent ? '\r' : '\r\n');
          for (let at = 0; at < text.length; ) {
            const length = (cuts[cut++ % cuts.length] ?? 1) + 1;
            steps.push([direction, text.slice(at, at + length)]);
            at += length;
          }
        }
        if (broken)
          steps.push([
            '<',
            `R1#x ${Buffer.from(secrets[0] ?? '')
              .toString('latin1')
              .slice(0, -1)}`,
          ]);
        const { received, sent } = record(steps, { secrets });
        for (const text of [received, sent]) expect(text).not.toMatch(/[QWXZ]{3}|YV/);
        expect(sent).toBe(expected['>']);
        if (broken) expect(received.startsWith(`${expected['<']}R1#x `)).toBe(true);
        else expect(received).toBe(expected['<']);
      },
    ),
    { numRuns: 300 },
  );
});
