import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TelnetCodec } from '#dist/transport/telnet/codec.js';

const [IAC, DONT, DO, WONT, WILL, SB, SE, NOP] = [255, 254, 253, 252, 251, 250, 240, 241];
const [ECHO, SUPPRESS_GO_AHEAD, BINARY, TERMINAL_TYPE, WINDOW_SIZE, LINE_MODE] = [1, 3, 0, 24, 31, 34];

function decode(chunks: readonly (readonly number[])[], { columns = 511, rows = 24 } = {}) {
  const replies: number[] = [];
  const codec = new TelnetCodec({ columns, rows, terminal: 'vt100', reply: (bytes) => replies.push(...bytes) });
  const text = chunks.flatMap((chunk) => [...codec.decode(Uint8Array.from(chunk))]);
  return { text, replies, codec };
}

const ascii = (text: string): number[] => [...Buffer.from(text, 'latin1')];

describe('telnet', () => {
  test.each([
    [
      'their echo and suppressed go-ahead are welcome (RFC 857, 858)',
      [IAC, WILL, ECHO, IAC, WILL, SUPPRESS_GO_AHEAD],
      [IAC, DO, ECHO, IAC, DO, SUPPRESS_GO_AHEAD],
    ],
    [
      'their other options are not',
      [IAC, WILL, LINE_MODE, IAC, WILL, BINARY],
      [IAC, DONT, LINE_MODE, IAC, DONT, BINARY],
    ],
    ['our echo is refused', [IAC, DO, ECHO], [IAC, WONT, ECHO]],
    [
      'our terminal type is offered when asked (RFC 1091)',
      [IAC, DO, TERMINAL_TYPE, IAC, SB, TERMINAL_TYPE, 1, IAC, SE],
      [IAC, WILL, TERMINAL_TYPE, IAC, SB, TERMINAL_TYPE, 0, ...ascii('vt100'), IAC, SE],
    ],
    [
      'our window size follows our agreement, 255 doubled (RFC 1073)',
      [IAC, DO, WINDOW_SIZE],
      [IAC, WILL, WINDOW_SIZE, IAC, SB, WINDOW_SIZE, 1, IAC, IAC, 0, 24, IAC, SE],
    ],
    [
      'what is agreed already is not answered again (RFC 854)',
      [IAC, WILL, ECHO, IAC, WILL, ECHO, IAC, DO, SUPPRESS_GO_AHEAD, IAC, DO, SUPPRESS_GO_AHEAD],
      [IAC, DO, ECHO, IAC, WILL, SUPPRESS_GO_AHEAD],
    ],
    ['what was never on is not switched off', [IAC, WONT, ECHO, IAC, DONT, TERMINAL_TYPE], []],
    [
      'what was on is switched off, once',
      [IAC, WILL, ECHO, IAC, WONT, ECHO, IAC, WONT, ECHO],
      [IAC, DO, ECHO, IAC, DONT, ECHO],
    ],
    ['a subnegotiation that is not understood is passed over', [IAC, SB, LINE_MODE, 1, 2, IAC, IAC, 3, IAC, SE], []],
    ['an empty subnegotiation too', [IAC, SB, IAC, SE], []],
  ])('%s', (_name, bytes, expected) => {
    const { text, replies } = decode([[...ascii('a'), ...bytes, ...ascii('b')]]);
    expect(Buffer.from(text).toString()).toBe('ab');
    expect(replies).toEqual(expected);
  });

  test.each([
    ['a doubled IAC is one byte of text', [65, IAC, IAC, 66], [65, 255, 66]],
    ['CR NUL is a carriage return', ascii('a\r\0b'), ascii('a\rb')],
    ['CR LF stays', ascii('a\r\nb'), ascii('a\r\nb')],
    ['CR CR NUL is two', ascii('\r\r\0'), ascii('\r\r')],
    ['a NUL elsewhere stays', ascii('a\0b'), ascii('a\0b')],
    ['commands without an option are dropped', [65, IAC, NOP, IAC, 249, 66], [65, 66]],
    ['a command between CR and LF', [13, IAC, NOP, 10], [13, 10]],
  ])('%s', (_name, bytes, expected) => {
    expect(decode([bytes]).text).toEqual(expected);
  });

  test('a subnegotiation that is much too long takes no memory, and what follows is text again', () => {
    const long = Array.from({ length: 100_000 }, () => 65);
    const { text, replies } = decode([[IAC, SB, TERMINAL_TYPE, ...long], long, [IAC, SE, ...ascii('ok')]]);
    expect(Buffer.from(text).toString()).toBe('ok');
    expect(replies).toEqual([]);
  });

  test('how the bytes were cut makes no difference', () => {
    const word = fc.oneof(
      fc.constantFrom(
        ...[
          [IAC, WILL, ECHO],
          [IAC, WONT, ECHO],
          [IAC, DO, WINDOW_SIZE],
          [IAC, DONT, WINDOW_SIZE],
          [IAC, IAC],
          [13, 0],
          [13, 10],
          [IAC, NOP],
        ],
        ...[[IAC, SB, TERMINAL_TYPE, 1, IAC, SE], [IAC, SB, 9, IAC, IAC, IAC, SE], ascii('R1#'), [IAC], [13]],
      ),
      fc.array(fc.nat(255), { maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), fc.array(fc.nat(100), { maxLength: 9 }), (words, cuts) => {
        const bytes = words.flat();
        const at = [...new Set([0, ...cuts.filter((cut) => cut < bytes.length), bytes.length])].sort((a, b) => a - b);
        const cut = decode(at.slice(1).map((end, index) => bytes.slice(at[index], end)));
        const whole = decode([bytes]);
        expect([cut.text, cut.replies]).toEqual([whole.text, whole.replies]);
      }),
      { numRuns: 1000 },
    );
  });

  test('what is sent and read back is the same', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const { codec } = decode([]);
        expect([...codec.decode(codec.encode(bytes))]).toEqual([...bytes]);
      }),
    );
  });

  test('Enter is sent as CR NUL, and CR LF as it is', () => {
    const { codec } = decode([]);
    expect([...codec.encode(Buffer.from('a\r'))]).toEqual(ascii('a\r\0'));
    expect([...codec.encode(Buffer.from('a\r\n'))]).toEqual(ascii('a\r\n'));
  });
});
