import fc from 'fast-check';
import { InventoryError, parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';
import { reveal } from './reveal.ts';

const passwordOf = (text: string) => reveal(parseInventory(text).devices[0]?.password);

test.each([
  ...['0123', 'yes', 'no', 'on', 'True', '1e3', '0x1F', '0o17', '1_000', '.5', '.inf', '.nan', '1:20', '2001-12-14'],
  ...['12345678901234567890', '-0', '+1', '1.10', '=', 'nil', 'a#b', 'a:b', "it's"],
])('%s stays what was written', (text) => {
  expect(passwordOf(`- {host: a, device_type: frr, password: ${text}}`)).toBe(text);
  expect(passwordOf(`%YAML 1.1\n---\n- host: a\n  device_type: frr\n  password: ${text} # why`)).toBe(text);
});

test.each(['~', 'null', 'Null', 'NULL', ''])('%s is no value, and in quotes it is a text', (text) => {
  expect(passwordOf(`- host: a\n  device_type: frr\n  password: ${text}`)).toBeUndefined();
  expect(passwordOf(`- host: a\n  device_type: frr\n  password: '${text}'`)).toBe(text);
});

const NO_VALUE = /^(?:~|null|Null|NULL)$/;

test('any plain scalar keeps its source text', () => {
  const plain = fc
    .stringMatching(/^[A-Za-z0-9+.=_~$^/(][A-Za-z0-9+.=_~$^/()%@!*&?-]{0,20}$/)
    .filter((text) => !NO_VALUE.test(text));
  fc.assert(
    fc.property(plain, (text) => {
      expect(passwordOf(`- host: a\n  password: ${text}\n  device_type: frr`)).toBe(text);
    }),
  );
});

test('any text survives in single quotes, in double quotes as JSON has it, and as a block', () => {
  const printable = fc.string({ unit: fc.constantFrom(...'aZ09 \'"\\#:{}[]&*!|>%@`,-?~ßж€') });
  fc.assert(
    fc.property(printable, (text) => {
      const quoted = `'${text.replaceAll("'", "''")}'`;
      for (const value of [quoted, JSON.stringify(text)]) {
        expect(passwordOf(`- host: a\n  password: ${value}\n  device_type: frr`)).toBe(text);
      }
      if (/^\S(?:.*\S)?$/.test(text)) {
        expect(passwordOf(`- host: a\n  password: |\n    ${text}\n  device_type: frr`)).toBe(text);
      }
    }),
  );
});

test('a key behind a secret on its line is not named: it may be the rest of the secret', () => {
  const message = (text: string): string => {
    try {
      parseInventory(text);
      return '';
    } catch (error) {
      return (error as InventoryError).message;
    }
  };
  expect(message('- {host: a, passphrase: ,hunter2: *&, device_type: frr}')).not.toContain('hunter');
  expect(message('- {host: a, password: x, usrname: b, device_type: frr}')).toContain("did you mean 'username'?");
  expect(message('- {host: a, hunter2: x, device_type: frr}')).toContain("unknown key 'hunter2'");
});

test('no message shows a piece of a secret, however the file is broken', () => {
  const planted = 'hunter2';
  const marks = [
    '"',
    "'",
    '[',
    '{',
    '|',
    '>',
    '*',
    '&',
    '!',
    '%',
    '@',
    '`',
    ': ',
    ':',
    ' #',
    '\t',
    '\n',
    '\\q',
    ',',
    '- ',
    '? ',
    '!!int ',
    '<<: ',
  ];
  const place = fc.record({
    before: fc.array(fc.constantFrom(...marks), { maxLength: 3 }),
    after: fc.array(fc.constantFrom(...marks), { maxLength: 3 }),
  });
  const key = fc.constantFrom(
    'password: ',
    'password:',
    'secret: ',
    'passphrase: ',
    'password ',
    '"password: ',
    '{password: ',
    '- password: ',
    'password:\n   ',
  );
  let broken = 0;
  fc.assert(
    fc.property(place, key, fc.boolean(), ({ before, after }, start, flow) => {
      const field = `${start}${before.join('')}${planted}${after.join('')}`;
      const text = flow
        ? `- {host: a, ${field}, device_type: frr}\n`
        : `- host: a\n  ${field}\n  device_type: frr\n- host: b\n  port: 70000\n`;
      // At the beginning of a line of its own it is a key, whoever reads it.
      if (/\n[\s,?&-]*hunter2:/.test(text)) return;
      try {
        parseInventory(text);
      } catch (error) {
        expect(error).toBeInstanceOf(InventoryError);
        broken += 1;
        expect(
          `${(error as InventoryError).message} ${JSON.stringify((error as InventoryError).problems)}`,
        ).not.toContain('hunter');
      }
    }),
    { numRuns: 3000 },
  );
  expect(broken).toBeGreaterThan(1000);
});
