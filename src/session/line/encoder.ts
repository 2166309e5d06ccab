import { TextDecoder } from 'node:util';
import { ConversationError } from '../../base/index.js';

/** Returns the bytes of a text; throws where the device's encoding has none. */
export type Encode = (text: string) => Uint8Array;

/**
 * Returns what encodes for a device: utf-8 as it is, an encoding of one byte for each character by turning its decoder
 * around, and of every other one (`gbk`, `shift_jis`, `utf-16le`) the ASCII characters alone.
 */
export function encoderOf(encoding: string): Encode {
  if (encoding === 'utf-8') return (text) => Buffer.from(text, 'utf8');
  // Made with the first character beyond ASCII: most devices never see one.
  let table: ReadonlyMap<string, number> | undefined;
  return (text) => {
    if (/^[\u0000-\u007f]*$/.test(text)) return Buffer.from(text, 'latin1');
    table ??= tableOf(encoding);
    return Uint8Array.from([...text].map((character) => byteOf(character, table, encoding)));
  };
}

function byteOf(character: string, table: ReadonlyMap<string, number> | undefined, encoding: string): number {
  const code = character.codePointAt(0) ?? 0;
  const byte = code < 0x80 ? code : table?.get(character);
  if (byte !== undefined) return byte;
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const says =
    table?.size === 0
      ? `only ASCII characters can be sent to a device that writes ${encoding}`
      : `the character ${shown} cannot be sent: a device that writes ${encoding} has none`;
  throw new ConversationError('bad_command', `${says}; nothing was sent`);
}

/** The bytes above ASCII of an encoding by their characters; none where a character may take several. */
function tableOf(encoding: string): ReadonlyMap<string, number> {
  const table = new Map<string, number>();
  if (SEVERAL_BYTES.test(encoding)) return table;
  const decoder = new TextDecoder(encoding);
  for (let byte = 0x80; byte <= 0xff; byte++) {
    const character = decoder.decode(Uint8Array.of(byte));
    if (character !== '\ufffd') table.set(character, byte);
  }
  return table;
}

/** Source: WHATWG Encoding Standard, section 4.2, the encodings that are no single-byte ones. */
const SEVERAL_BYTES = /^(?:gb|big5|euc-|shift_jis|iso-2022-|utf-16|replacement)/;
