import fc from 'fast-check';
import { where as fromMain } from 'rollcall';
import { type Device, devicesWhere, parseInventory, Secret, where } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import type { Expression, Glob, Piece } from '#dist/inventory/where/expression.js';
import { parseExpression } from '#dist/inventory/where/parse.js';
import { printExpression } from '#dist/inventory/where/print.js';

const base = { host: '192.0.2.1', platform: 'cisco_ios', transport: 'ssh' } as const;
const device = (name: string, more: Partial<Device> = {}): Device => ({ ...base, name, ...more });

const R1 = device('R1', { groups: ['core', 'msk-all'], data: { site: 'msk', role: 'core', rack: { row: 7 } } });
const R2 = device('R2', { groups: ['access'], data: { site: 'msk', role: 'access', tags: ['prod', 'old gear'] } });
const SW10 = device('sw10', { port: 2222, username: 'ops', data: { site: 'spb', role: 'access', managed: true } });
const T1 = device('t1.lab', { transport: 'telnet', platform: 'frr' });
const FLEET = [R1, R2, SW10, T1];
const names = (expression: string) => FLEET.filter(where(expression)).map(({ name }) => name);

describe('an expression selects', () => {
  test.each([
    ['site=msk & !role=core', ['R2']],
    ['name=R[1-9]*', ['R1', 'R2']],
    ['r1', ['R1']],
    ['core', ['R1']],
    ['core | access', ['R1', 'R2']],
    ['msk*', ['R1']],
    ['*', ['R1', 'R2', 'sw10', 't1.lab']],
    ['not site=msk and not role=access', ['t1.lab']],
    ['site = MSK', ['R1', 'R2']],
    ['site == msk && role != core', ['R2']],
    ['role!=core', ['R2', 'sw10', 't1.lab']],
    ['site={msk,spb}', ['R1', 'R2', 'sw10']],
    ['!site=*', ['t1.lab']],
    ['rack.row=7', ['R1']],
    ['data.rack.row=7', ['R1']],
    ['rack.row>=7 & rack.row<8', ['R1']],
    ['rack.row>7', []],
    ['tags=prod', ['R2']],
    ['tags="old gear"', ['R2']],
    ["tags='old '*", ['R2']],
    ['tags=old\\ gear', ['R2']],
    ['managed=true', ['sw10']],
    ['port=22', ['R1', 'R2']],
    ['port>1000', ['sw10']],
    ['port=23', ['t1.lab']],
    ['transport=telnet', ['t1.lab']],
    ['device_type=frr | platform=frr', ['t1.lab']],
    ['username=ops', ['sw10']],
    ['group=core', ['R1']],
    ['rack=*', ['R1']],
    ['ip=192.0.2.?', ['R1', 'R2', 'sw10', 't1.lab']],
    ['name=sw1[!1-9]', ['sw10']],
    ['name=[rR][12] & (site=msk | site=spb)', ['R1', 'R2']],
    ['!(r1 | r2) & name=*1*', ['sw10', 't1.lab']],
    ['site=msk | site=spb & role=core', ['R1', 'R2']],
    ['name="R*"', []],
  ])('%s', (expression, expected) => {
    expect(names(expression)).toEqual(expected);
    expect(FLEET.filter(fromMain(expression)).map(({ name }) => name)).toEqual(expected);
  });
});

test('an expression sees what an inventory gives', () => {
  const { devices } = parseInventory(
    '[{ host: 192.0.2.1, device_type: cisco_ios_telnet }, { host: r2, device_type: frr }]',
  );
  expect(devices.filter(where('platform=cisco* & transport=telnet & port=23'))).toEqual([devices[0]]);
});

test('a key with a dot of its own is found before the path', () => {
  const odd = device('odd', { data: { 'a.b': 'own', a: { b: 'path', 'c.d': 1 } } });
  expect([where('a.b=own')(odd), where('a.b=path')(odd), where('a.c.d=1')(odd)]).toEqual([true, false, true]);
});

test('a path leads through a list by each of its items', () => {
  const listed = device('listed', { data: { interfaces: [{ name: 'Gi0/1', up: true }, { name: 'Gi0/2' }] } });
  expect([where('interfaces.name=gi0/2')(listed), where('interfaces.mtu=*')(listed)]).toEqual([true, false]);
});

test('data cannot hide what a device is, and is still to be had', () => {
  const data = JSON.parse('{ "name": "other", "__proto__": { "site": "msk" } }') as Record<string, unknown>;
  const masked = device('real', { data });
  expect([where('name=real')(masked), where('data.name=other')(masked)]).toEqual([true, true]);
  expect([where('constructor=*')(masked), where('site=*')(masked)]).toEqual([false, false]);
});

test('a secret in the data fits nothing', () => {
  const secret = device('s', { data: { community: new Secret('public') } });
  expect([where('community=public')(secret), where('community=*')(secret)]).toEqual([false, false]);
});

describe('what does not parse shows its place', () => {
  test.each([
    ['', 0, 'expected a name, a group or key=value, got the end'],
    ['site=', 5, 'expected a value behind =, got the end; what has spaces or signs is in quotes'],
    ['site=msk role=core', 9, "expected & (and) or | (or), got 'r'"],
    ['site=msk &', 10, 'expected a name, a group or key=value, got the end'],
    ['site=msk & & x', 11, "expected a name, a group or key=value, got '&'"],
    ['(a | b', 0, 'this ( is not closed'],
    ['a)', 1, 'this ) closes nothing'],
    ['site="msk', 5, 'this " is not closed'],
    ['name=R[1-9', 6, 'this [ is not closed; a plain one is written "["'],
    ['name=R[9-1]', 7, 'the range 9-1 is the wrong way round'],
    ['name=R{1,2', 10, 'expected , or the } of this choice, got the end'],
    ['name=R[1-20]', 6, 'brackets are one character, no range of numbers: write {[1-9],1[0-9],20} for 1 to 20'],
    ['name=R[19-24]', 6, 'brackets are one character, no range of numbers: write {[1-9],1[0-9],20} for 1 to 20'],
    ['R[1:3]', 1, 'brackets are one character, no range of numbers: write [1-3]'],
    ['name=R{1..20}', 6, 'this is no choice: a range of numbers is written R[1-9] or {1,2,3}'],
    ['a,b', 1, 'a comma joins nothing here: write & (and) or | (or); {a,b} is one of several'],
    ['site in (msk, spb)', 5, "expected & (and) or | (or), got 'i'; one of several values is written key={a,b}"],
    ['web:&staging', 3, 'the colon is of another language: write web & staging, web & !staging'],
    ['~R.*', 0, "'not' is written !, and a pattern is a glob: name=R[1-9]*"],
    ['name=~R.*', 5, 'a pattern is a glob, written key=R[1-9]*'],
    ['site<>msk', 4, "'is not' is written !="],
    ['name startswith R', 5, "expected & (and) or | (or), got 's'; what begins so is written key=part*"],
    ['na*me=x', 0, 'a key is a plain word, such as site or rack.row'],
    ['port>high', 5, 'expected a number behind >; texts are compared by = and !='],
    ['a & or b', 4, "expected a name, a group or key=value, got 'or'"],
  ])('%s', (expression, at, message) => {
    expect(() => where(expression)).toThrow(
      expect.objectContaining({
        code: 'bad_option',
        message: `where: ${message}\n  ${expression}\n  ${' '.repeat(at)}^`,
      }),
    );
  });

  test('a long expression around the place only, and no control character of it', () => {
    const long = `${'a|'.repeat(200)}&\u001b[31m${'|b'.repeat(200)}`;
    const [, shown = '', caret = ''] = messageOf(() => where(long)).split('\n');
    expect(shown.length).toBeLessThan(130);
    expect(shown).not.toContain('\u001b');
    expect(shown[caret.indexOf('^')]).toBe('&');
  });

  test('what is deep or long enough to exhaust something', () => {
    expect(messageOf(() => where('('.repeat(5000)))).toContain('more than 100 parentheses');
    expect(messageOf(() => where('!'.repeat(5000)))).toContain('more than 100 parentheses');
    expect(messageOf(() => where('{'.repeat(5000)))).toContain('more than 20 choices');
    expect(messageOf(() => where('a'.repeat(20_000)))).toContain('at most 10000 characters');
    expect(messageOf(() => where(7 as unknown as string))).toContain('got number');
  });
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

describe('devicesWhere', () => {
  test('all expressions have to fit', () => {
    expect(devicesWhere(FLEET, ['site=msk', 'role=core'])).toEqual({ devices: [R1], warnings: [] });
    expect(devicesWhere(FLEET, [])).toEqual({ devices: FLEET, warnings: [] });
  });

  test.each([
    ['site=mks', "  none fits site=mks; did you mean 'msk'?; values of site: msk (2), spb (1)"],
    [
      'rol=core',
      '  none fits rol=core: no device has the key "rol"; did you mean \'role\'?; keys: name, host, platform, transport, port, username, group, managed, rack, rack.row, role, site, tags',
    ],
    [
      'accss',
      "  none fits accss: no name and no group is that; did you mean 'access'?; groups: core (1), msk-all (1), access (1)",
    ],
    [
      'all',
      '  none fits all: no name and no group is that; every device is written *; groups: core (1), msk-all (1), access (1)',
    ],
    ...['site:msk', 'site~msk'].map((one) => [
      one,
      `  none fits ${one.includes('~') ? `"${one}"` : one}: no name and no group is that; site is a key: write site=msk; groups: core (1), msk-all (1), access (1)`,
    ]),
    ['platform=ios', "  none fits platform=ios; did you mean 'cisco_ios'?; values of platform: cisco_ios (3), frr (1)"],
    ['site=spb & role=core', '  1 fit site=spb\n  1 fit role=core'],
    [
      'name="R*"',
      "  none fits name=\"R*\"; did you mean 'R1' or 'R2'?; values of name: R1 (1), R2 (1), sw10 (1), t1.lab (1) (in quotes, * ? [ ] { } are plain characters)",
    ],
  ])('nothing fits %s', (expression, lines) => {
    const message = `where: none of the 4 devices fits ${JSON.stringify(expression)}\n${lines}`;
    expect(messageOf(() => devicesWhere(FLEET, [expression]))).toBe(message);
  });

  test('a part that no device fits is told, also where a negation makes it fit all', () => {
    const { devices, warnings } = devicesWhere(FLEET, ['!rol=core', '!rol=core | R1']);
    expect(devices).toEqual(FLEET);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^where: no device fits rol=core: no device has the key "rol"; did you mean 'role'/);
  });

  test('the values of what looks like a secret are not shown', () => {
    const all = [device('a', { data: { snmp_community: 'hunter2' } })];
    expect(messageOf(() => devicesWhere(all, ['snmp_community=hunter']))).not.toContain('hunter2');
  });
});

test('matching takes time in proportion to the text, whatever the glob', () => {
  const fits = where(`name=${'*a'.repeat(60)}*b`);
  const long = device('a'.repeat(20_000));
  const before = performance.now();
  expect(fits(long)).toBe(false);
  // A matcher that goes back needs longer than the universe has; this one some 100 ms.
  expect(performance.now() - before).toBeLessThan(10_000);
});

const word = fc.string({ unit: fc.constantFrom(...'aB1- &*"\\é'), maxLength: 4 });
const letter = fc.constantFrom(...'abAB1-]!^');
const range = fc.oneof(
  letter.map((one) => [one, one] as const),
  fc.constantFrom(['a', 'b'], ['0', '9'], ['A', 'B']).map(([from = '', to = '']) => [from, to] as const),
);
const { glob } = fc.letrec<{ piece: Piece; glob: Glob }>((tie) => ({
  glob: fc.array(tie('piece'), { maxLength: 4 }).map(joinTexts),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word.filter((text) => text !== '').map((text) => ({ kind: 'text' as const, text })),
    fc.constantFrom({ kind: 'any' as const }, { kind: 'one' as const }),
    fc.record({
      kind: fc.constant('set' as const),
      not: fc.boolean(),
      ranges: fc.array(range, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('choice' as const),
      of: fc.array(tie('glob'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

/** A glob as the parser makes it: texts and stars side by side are one. */
function joinTexts(pieces: readonly Piece[]): Glob {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (piece.kind === 'text' && last?.kind === 'text')
      joined[joined.length - 1] = { ...last, text: last.text + piece.text };
    else if (piece.kind !== 'any' || last?.kind !== 'any') joined.push(piece);
  }
  return joined;
}

const key = fc.constantFrom('name', 'site', 'role', 'rack.row', 'group', 'and', 'a key');
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    glob.map((one) => ({ kind: 'called' as const, glob: one })),
    fc.record({ kind: fc.constant('has' as const), key, glob }),
    fc.record({
      kind: fc.constant('compares' as const),
      key,
      sign: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
      than: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constantFrom(0.5, -1.25, 0.0000001, 123456789012345)),
    }),
    tie('expression').map((of) => ({ kind: 'not' as const, of })),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}));

const text = fc.string({ unit: fc.constantFrom(...'abAB19- &*É'), maxLength: 6 });
const anyDevice = fc
  .record({ name: text, groups: fc.array(text, { maxLength: 2 }), site: text, row: fc.integer({ min: -50, max: 50 }) })
  .map(({ name, groups, site, row }) =>
    device(name, { groups, data: { site, role: [site, name], rack: { row }, and: row } }),
  );

/** The same in regular expressions and sets, slow and simple. */
function regExpOf(pieces: Glob): string {
  return pieces
    .map((piece) => {
      const plain = (raw: string) => raw.replace(/[-\\^$*+?.()|[\]{}/&"]/g, '\\$&');
      if (piece.kind === 'text')
        return [...piece.text].map((char) => `\\u{${char.codePointAt(0)?.toString(16)}}`).join('');
      if (piece.kind === 'any') return '[^]*';
      if (piece.kind === 'one') return '[^]';
      if (piece.kind === 'choice') return `(?:${piece.of.map(regExpOf).join('|')})`;
      if (piece.kind !== 'set') throw new Error(piece.kind);
      const members = piece.ranges.map(([from, to]) => (from === to ? plain(from) : `${from}-${to}`)).join('');
      return `[${piece.not ? '^' : ''}${members.replaceAll('\\&', '&').replaceAll('\\"', '"')}]`;
    })
    .join('');
}

function naive(one: Expression, about: Device): boolean {
  switch (one.kind) {
    case 'not':
      return !naive(one.of, about);
    case 'all':
      return !one.of.some((part) => !naive(part, about));
    case 'any':
      return !one.of.every((part) => !naive(part, about));
  }
  const data = about.data as { site: string; role: string[]; rack: { row: number }; and: number };
  const known: Record<string, (string | number)[]> = {
    name: [about.name],
    group: [...(about.groups ?? [])],
    site: [data.site],
    role: data.role,
    'rack.row': [data.rack.row],
    and: [data.and],
  };
  if (one.kind === 'compares') {
    return (known[one.key] ?? []).some((value) => {
      if (!/^[+-]?\d+$/.test(String(value))) return false;
      const number = Number(value);
      return { '<': number < one.than, '<=': number <= one.than, '>': number > one.than, '>=': number >= one.than }[
        one.sign
      ];
    });
  }
  const values = one.kind === 'called' ? [about.name, ...(about.groups ?? [])] : (known[one.key] ?? []);
  const pattern = new RegExp(`^${regExpOf(one.glob)}$`, 'iu');
  return values.some((value) => pattern.test(String(value)));
}

describe('for any expression', () => {
  test('what is printed is read as the same', () => {
    fc.assert(
      fc.property(expression, (one) => {
        expect(parseExpression(printExpression(one))).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  test('it says what a naive evaluator says', () => {
    fc.assert(
      fc.property(expression, anyDevice, (one, about) => {
        expect(where(printExpression(one))(about)).toBe(naive(one, about));
      }),
      { numRuns: 1000 },
    );
  });

  test("De Morgan's laws hold", () => {
    fc.assert(
      fc.property(expression, expression, anyDevice, (a, b, about) => {
        const [left, right] = [printExpression(a), printExpression(b)];
        expect(where(`!((${left}) & (${right}))`)(about)).toBe(where(`!(${left}) | !(${right})`)(about));
        expect(where(`not ((${left}) or (${right}))`)(about)).toBe(where(`not (${left}) and not (${right})`)(about));
      }),
      { numRuns: 300 },
    );
  });

  test('any text is an expression, or an error with its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=!&|(){}[],\'"\\*?-~<> \t\n') }), (raw) => {
        try {
          where(raw)(R1);
        } catch (error) {
          expect((error as Error).message).toMatch(/^where: [^\n]+\n {2}[^\n]*\n {2} *\^$/);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
