import { createDiffieHellmanGroup, generatePrimeSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { NegotiationError } from '#dist/base/index.js';
import { exchangeIn, speedUpGroupExchange } from '#dist/transport/ssh/group-exchange.js';
import { ssh2 } from '#dist/transport/ssh/ssh2.js';

const TWO = Buffer.of(2);
const modp = (name: string): Buffer => createDiffieHellmanGroup(name).getPrime();
/** A group that has no name: of a prime, if not a safe one. */
const ownPrime = generatePrimeSync(2_048, { bigint: false }) as unknown as ArrayBuffer;

test.each([
  ['that Node knows', modp('modp14')],
  ['of the server’s own', Buffer.from(ownPrime)],
  ['written with a zero in front', Buffer.concat([Buffer.of(0), modp('modp15')])],
])('two sides get the same secret in a group %s', (_what, prime) => {
  const ours = exchangeIn(prime, TWO);
  const theirs = exchangeIn(prime, TWO);
  const [mine, yours] = [ours.generateKeys(), theirs.generateKeys()];
  expect(mine.equals(yours)).toBe(false);
  expect(ours.computeSecret(yours).equals(theirs.computeSecret(mine))).toBe(true);
});

test('the arithmetic is that of the group', () => {
  const prime = Buffer.from(ownPrime);
  const secret = exchangeIn(prime, TWO);
  const y = BigInt(`0x${secret.generateKeys().toString('hex')}`);
  // What the other side with the exponent 5 computes: y to the 5th, and 2 to the 5th is its public value.
  const p = BigInt(`0x${prime.toString('hex')}`);
  const trivial = Buffer.from([32]);
  expect(() => secret.computeSecret(trivial)).toThrow(/public value/);
  const exponent = 257n;
  const theirs = Buffer.from(power(2n, exponent, p).toString(16).padStart(512, '0'), 'hex');
  expect(() => secret.computeSecret(theirs)).toThrow(/public value/);
  const large = 65_537n * 65_539n;
  const value = power(2n, large, p).toString(16).padStart(512, '0');
  const shared = secret.computeSecret(Buffer.from(value, 'hex')).toString('hex');
  expect(BigInt(`0x${shared}`)).toBe(power(y, large, p));
});

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if ((e & 1n) === 1n) result = (result * b) % modulus;
  }
  return result;
}

test.each<[string, Buffer, Buffer, RegExp]>([
  ['of 1,024 bits', modp('modp2'), TWO, /has 1024 bits; expected 2048 to 8192.*diffie-hellman-group1-sha1/],
  ['that is too large', Buffer.concat([Buffer.of(1), modp('modp18')]), TWO, /has 8200 bits|has 8193 bits/],
  ['that is even', Buffer.concat([modp('modp14').subarray(0, 255), Buffer.of(0)]), TWO, /the prime is even/],
  ['with the generator 1', modp('modp14'), Buffer.of(1), /the generator/],
])('a group %s is refused', (_what, prime, generator, says) => {
  expect(() => exchangeIn(prime, generator)).toThrow(NegotiationError);
  expect(() => exchangeIn(prime, generator)).toThrow(says);
});

test('a group of 1,024 bits is taken where the device may use group 1', () => {
  expect(exchangeIn(modp('modp2'), TWO, 1_024).generateKeys().length).toBeGreaterThan(120);
});

test.each<[string, (p: bigint) => bigint]>([
  ['0', () => 0n],
  ['1', () => 1n],
  ['p - 1', (p) => p - 1n],
  ['p', (p) => p],
  ['with hardly a bit', () => 1n << 900n],
])('the public value %s is refused', (_what, valueIn) => {
  const prime = modp('modp14');
  const value = valueIn(BigInt(`0x${prime.toString('hex')}`));
  const bytes = Buffer.from(value.toString(16).padStart(514, '0'), 'hex');
  expect(() => exchangeIn(prime, TWO).computeSecret(bytes)).toThrow(/its public value is outside of the group/);
});

test('an ssh2 that is built in another way is an error, not a slow connection', () => {
  const { Client } = ssh2();
  expect(() => speedUpGroupExchange(new Client(), { allowSmall: false })).toThrow(/ssh2 is not the 1.17/);
  const protocol: { _kex: object | undefined } = { _kex: undefined };
  const client = Object.assign(new Client(), { _protocol: protocol });
  speedUpGroupExchange(client, { allowSmall: false });
  expect(() => Object.assign(protocol, { _kex: { type: 'groupex', generateKeys() {} } })).toThrow(/it lacks _prime/);
  const other = { type: '25519' };
  protocol._kex = other;
  expect(protocol._kex).toBe(other);
});
