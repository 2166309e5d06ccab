import fc from 'fast-check';
import { parseInventory } from 'rollcall/inventory';
import { describe, expect, test } from 'vitest';
import { look, type TreeNode } from '#dist/inventory/node.js';
import { openPlain } from '#dist/inventory/plain/open.js';
import { collectProblems } from '#dist/inventory/problems.js';
import { openYaml } from '#dist/inventory/yaml.js';

const BASE = 1000;

/** All that a tree says, and every problem that is found on the way through it; undefined where the reader gave up. */
function told(open: typeof openPlain, text: string): unknown {
  const problems = collectProblems();
  problems.addText('before', ' '.repeat(BASE - 1));
  problems.addText('devices.yaml', text);
  const tree = open(text, problems, BASE);
  const all = tree === undefined ? undefined : dump(tree.root);
  return tree === undefined && problems.found.length === 0 ? undefined : { all, problems: problems.found };
}

function dump(node: TreeNode): unknown {
  const seen = look(node);
  const place = node === null ? null : { at: node.at, anchored: node.anchored, hollow: node.hollow };
  if (seen.kind === 'list') return { place, items: seen.items.map(dump) };
  if (seen.kind !== 'map') return { place, ...seen };
  return { place, entries: seen.entries.map(({ value, ...entry }) => ({ ...entry, value: dump(value) })) };
}

const plainOf = (text: string) => told(openPlain, text);
const libraryOf = (text: string) => told((all, problems, base) => openYaml(all, problems, { base: base ?? 0 }), text);

describe('is read as the library reads it:', () => {
  test.each([
    [
      'a list under a key',
      'routers:\n  - name: R1\n    host: 192.0.2.1\n    port: 22\n  - name: R2\n    host: r2.lab\n',
    ],
    ["a list in its key's column", 'a:\n- b: 1\n  c: 2\n- d\nk:\n  - x\n'],
    ['a mapping of mappings', 'R1:\n  host: 192.0.2.1\nR2:\n  data:\n    rack: { row: 7, units: [1, 2] }\n'],
    ['comments and empty lines', '# head\n\n---\n# more\na:   # of a\n\n  # of b\n  b: 1 # one\n  c: x#y\n\n'],
    ['values that are not there', 'a:\nb: # none\n\nc:   \nd: ~\ne: null\nf:\n  -\n  - # none\n  - x\n'],
    ['quotes', "a: 'it''s'\nb: \"tab\\t\\u0416 \\\"\"\nc: ''\nd: \"\" # empty\ne: 'no # comment: here'\nf: \"~\"\n"],
    [
      'signs inside values',
      'a: b:c\nb: /dev/ttyUSB0\nc: <x>\nd: $1$abc\ne: a, b & c | d > e * f ! g % h\nf: -5\ng: C:\\dir\nh: a[1]{2}\n',
    ],
    ['other alphabets', 'site: Москва\ncity: 東京 駅\nnote: naïve "quoted" inside\n'],
    ['lines of Windows', 'a: b\r\nc:\r\n  - d # x\r\n  - e: f\r\n'],
    ['a key that stands twice', 'a: 1\nb: { c: 1, c: 2 }\na: 2\n'],
    [
      'JSON',
      '[\n  { "name": "R1", "port": 22, "data": { "up": true, "none": null, "list": [1.50, -2, "\\u00e9\\n"] } },\n  {}\n, []]\n',
    ],
    ['JSON with tabs', '{\n\t"routers": [\n\t\t{ "host": "r1", "a" : "b" }\n\t]\n}'],
    ['dense JSON', '{"a":[{"b":"c","d":{"e":[]}}],"f":"","a":1}'],
    ['no line break at the end', 'a:\n  - b: c'],
  ])('%s', (_what, text) => {
    expect(plainOf(text)).toBeDefined();
    expect(plainOf(text)).toEqual(libraryOf(text));
  });
});

describe('is left to the library:', () => {
  test.each([
    ['a name and who refers to it', 'a: &x { b: c }\nd: *x\n'],
    ['a merge', 'a:\n  <<: { b: c }\n'],
    ['a block of text', 'a: |\n  text\n'],
    ['a text of two lines', 'a: one\n  two\n'],
    ['a text in quotes of two lines', 'a: "one\n  two"\n'],
    ['a tag', 'a: !!str 5\n'],
    ['two documents', 'a: 1\n---\nb: 2\n'],
    ['a tab', 'a:\tb\n'],
    ['a tab as indent', 'a:\n\tb: c\n'],
    ['a colon in a value', 'a: b: c\n'],
    ['a word where a key should be', 'a: 1\nb\n'],
    ['a wrong indent', 'a:\n    b: 1\n  c: 2\n'],
    ['a key below a value', 'a: 1\n  b: 2\n'],
    ['something behind quotes', 'a: "b" c\n'],
    ['brackets that are not closed', '[ { "a": 1 }'],
    ['something behind JSON', '{"a": 1} x'],
    ['a single carriage return', 'a: b\rc: d\n'],
    ['nothing', ''],
    ['only a comment', '# nothing\n'],
    ['what is nested deeper than any file', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ])('%s', (_what, text) => {
    expect(plainOf(text)).toBeUndefined();
  });
});

test('a file that is wrong gets the same errors at the same lines by either reader', () => {
  const wrong =
    'routers:\n  - host: 192.0.2.1\n    device_type: cisco_ois\n    port: 70000\n    usrname: x\n  - just a text\n  -\n';
  const problemsOf = (text: string) => {
    try {
      parseInventory(text, { platforms: { names: ['cisco_ios'] } });
    } catch (error) {
      return (error as { problems: unknown[] }).problems;
    }
    throw new Error('no problem');
  };
  expect(problemsOf(wrong)).toHaveLength(5);
  // An anchor at the end sends the whole file to the library.
  expect(plainOf(`${wrong}x-shared: &x { a: b }\n`)).toBeUndefined();
  expect(problemsOf(`${wrong}x-shared: &x { a: b }\n`)).toEqual(problemsOf(wrong));
});

const oneOf = (...texts: string[]) => fc.constantFrom(...texts);
const word = fc.oneof(
  {
    weight: 6,
    arbitrary: oneOf('name', 'host', 'R1', '10.0.0.1', 'x', 'null', '~', '22', 'a b', 'a:b', '-5', 'Ж', '/dev/x', '$1'),
  },
  { weight: 3, arbitrary: oneOf("'q'", '"q"', "'it''s'", '"\\u0041\\n"', '""', "''", '"~"', '"a # b: c"') },
  {
    weight: 2,
    arbitrary: oneOf(
      '{ a: b }',
      '[1, 2]',
      '{}',
      '[]',
      '{a: 1}',
      '{ a: { b: [c, "d"] } }',
      '{"a":1}',
      '[x, ]',
      '{ a }',
      '{a:b}',
      '{ a: }',
    ),
  },
  {
    weight: 1,
    arbitrary: oneOf(
      'a: b',
      'a #b',
      'a#b',
      '&x',
      '*x',
      '!t',
      '|',
      '>',
      '"',
      "'",
      '- x',
      '? y',
      '- ',
      '#c',
      'a\tb',
      '@a',
      '%a',
      '`',
      '...',
      '---',
      '<<',
      ': ',
      ',',
      'a:',
      '\u00a0',
      '\u2028',
      'é\u0085',
      '-',
      '--',
      '"\\x41"',
      '"\\ud83d\\ude00"',
    ),
  },
);
const keyWord = fc.oneof(
  { weight: 12, arbitrary: oneOf('name', 'host', 'a', 'b', 'x-y', 'R1.lab', '10.0.0.1', 'a/b') },
  { weight: 1, arbitrary: oneOf('null', '<<', 'a b', '"q"', '~', 'Ж', '-a', '.x') },
);
const blank = fc.oneof(
  { weight: 20, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: oneOf('\n', '  \n', '# c\n', '    # c\n', '\t\n') },
);
const tail = fc.oneof(
  { weight: 12, arbitrary: fc.constant('') },
  { weight: 2, arbitrary: oneOf(' ', ' # c', '  #', '\r') },
);

/** A line as it mostly is, in a column that is mostly right. */
const line = fc
  .record({
    indent: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom(0, 2, 4) },
      { weight: 1, arbitrary: fc.constantFrom(1, 3, 6) },
    ),
    dash: fc.oneof({ weight: 4, arbitrary: oneOf('', '- ') }, { weight: 1, arbitrary: oneOf('-   ', '- - ') }),
    key: fc.option(keyWord, { freq: 6 }),
    value: fc.option(word, { freq: 3 }),
    gap: fc.oneof({ weight: 10, arbitrary: fc.constant(' ') }, { weight: 1, arbitrary: oneOf('', '   ') }),
    tail,
    blank,
  })
  .map((one) => {
    const key = one.key === null ? '' : `${one.key}:${one.value === null ? '' : one.gap}`;
    return `${one.blank}${' '.repeat(one.indent)}${one.dash}${key}${one.value ?? ''}${one.tail}`;
  });

/** A tree, written in block form with a random width. */
interface Tree {
  readonly leaf?: string;
  readonly list?: readonly Tree[];
  readonly map?: readonly (readonly [string, Tree])[];
}
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.option(word, { nil: '', freq: 8 }).map((leaf) => ({ leaf })),
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }).map((list) => ({ list })),
    fc.array(fc.tuple(keyWord, tie('tree')), { minLength: 1, maxLength: 4 }).map((map) => ({ map })),
  ),
}));

function written({ leaf, list, map }: Tree, column: number, ends: readonly string[]): string {
  const end = (at: number) => ends[(at + column) % ends.length] ?? '';
  const pad = ' '.repeat(column);
  if (list !== undefined) {
    return list
      .map((item, at) => {
        if (item.leaf !== undefined) return `${pad}- ${item.leaf}${end(at)}\n`;
        const inner = written(item, column + 2, ends);
        return item.map === undefined ? `${pad}-${end(at)}\n${inner}` : `${pad}- ${inner.slice(column + 2)}`;
      })
      .join('');
  }
  if (map !== undefined) {
    return map
      .map(([key, value], at) => {
        if (value.leaf !== undefined) return `${pad}${key}: ${value.leaf}${end(at)}\n`;
        const less = value.list !== undefined && at % 2 === 1 ? column : column + 2;
        return `${pad}${key}:${end(at)}\n${written(value, less, ends)}`;
      })
      .join('');
  }
  return `${pad}${leaf}\n`;
}

const blocks = fc
  .tuple(tree, fc.array(tail, { minLength: 1, maxLength: 5 }))
  .map(([one, ends]) => written(one, 0, ends));
const lines = fc.array(line, { maxLength: 8 }).map((all) => all.join('\n'));
const json = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null),
    fc.constantFrom(undefined, 1, '\t'),
  )
  .map(([value, indent]) => JSON.stringify(value, null, indent));
const brokenJson = fc
  .tuple(json, fc.nat(), oneOf('', ',', '"', '{', ']', '\n', ' ', '#', ':', 'x', '\\'))
  .map(([text, at, piece]) => text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + 1));

describe('of a random file either nothing is said, or what the library says:', () => {
  test.each([
    ['trees in block form', blocks, 0.1],
    ['lines', lines, 0.05],
    ['JSON', json, 0.9],
    ['JSON with a character too much', brokenJson, 0.02],
  ])('%s', (_what, texts, least) => {
    let taken = 0;
    let all = 0;
    fc.assert(
      fc.property(texts, (text) => {
        const plain = plainOf(text);
        all += 1;
        if (plain === undefined) return;
        taken += 1;
        expect(plain).toEqual(libraryOf(text));
      }),
      { numRuns: 3000 },
    );
    // Or it would say nothing of the reader.
    expect(taken / all).toBeGreaterThan(least);
  });
});
