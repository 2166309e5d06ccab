const NAMED = new Map([
  [0x0d, '\\r'],
  [0x0a, '\\n'],
  [0x09, '\\t'],
  [0x08, '\\b'],
  [0x1b, '\\e'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);
const BY_LETTER = new Map([...NAMED].map(([byte, text]) => [text[1], byte]));

/** Characters that no terminal and no editor shows as they are, and those that turn the direction of writing. */
const UNSHOWN = /[\p{C}\p{Z}\p{M}]/u;

/** Returns bytes as text on one line: what is printable UTF-8 as itself, every other byte as an escape. */
export function toText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c) {
      text += String.fromCharCode(byte);
      at++;
      continue;
    }
    const character = byte < 0xc2 ? undefined : characterAt(bytes, at);
    text += character ?? NAMED.get(byte) ?? `\\x${byte.toString(16).padStart(2, '0')}`;
    at += character === undefined ? 1 : Buffer.byteLength(character);
  }
  return text;
}

function characterAt(bytes: Uint8Array, at: number): string | undefined {
  const first = bytes[at] ?? 0;
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const own = Buffer.from(bytes.subarray(at, at + length));
  const text = own.toString('utf8');
  const whole = own.length === length && text !== '\ufffd' && Buffer.from(text).equals(own);
  return whole && !UNSHOWN.test(text) ? text : undefined;
}

/** Returns the bytes and blanked places of an escaped text, or what is wrong with it. */
export function fromText(text: string): readonly (Uint8Array | 'secret')[] | string {
  const pieces: (Uint8Array | 'secret')[] = [];
  let bytes: number[] = [];
  const cut = (): void => {
    if (bytes.length > 0) pieces.push(Uint8Array.from(bytes));
    bytes = [];
  };
  // An escape, or the longest text without one.
  for (const [part = ''] of text.matchAll(/\\(?:x[0-9a-f]{2}|\[secret\]|[\s\S]?)|[^\\]+/g)) {
    if (!part.startsWith('\\')) {
      for (const byte of Buffer.from(part)) bytes.push(byte);
    } else if (part === '\\[secret]') {
      cut();
      pieces.push('secret');
    } else {
      const byte = part.length === 4 ? Number.parseInt(part.slice(2), 16) : BY_LETTER.get(part[1]);
      if (byte === undefined)
        return `the escape '${part}' is none: expected \\r \\n \\t \\b \\e \\" \\\\ \\xNN or \\[secret]`;
      bytes.push(byte);
    }
  }
  cut();
  return pieces;
}
