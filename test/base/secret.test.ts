import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { redact, Secret } from '#dist/base/index.js';

test('a secret shows itself to nobody who does not ask', () => {
  const secret = new Secret('hunter2');
  for (const shown of [
    String(secret),
    `${secret}`,
    JSON.stringify({ secret }),
    inspect({ secret }, { showHidden: true, depth: 9 }),
  ]) {
    expect(shown).not.toContain('hunter2');
    expect(shown).toContain('[secret]');
  }
  expect(Object.keys(secret)).toEqual([]);
  expect(secret.reveal()).toBe('hunter2');
});

test('a secret that holds another one leaves no rest when redacted', () => {
  const secrets = [new Secret('cisco'), new Secret('cisco123'), new Secret('')];
  expect(redact('login cisco, secret cisco123', secrets)).toBe('login [secret], secret [secret]');
});

test('a secret that a line end cuts stays no more readable than another', () => {
  const secret = new Secret('s3-cr.t(x)');
  expect(redact('sent s3-c\r\nr.t(x) to\nr1', [secret])).toBe('sent [secret] to\nr1');
});
