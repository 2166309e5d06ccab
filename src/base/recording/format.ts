import { toText } from './byte-text.js';

/** The first line of a recording: what it is, and the version of its form. */
export const FIRST_LINE = 'rollcall-recording 1';

/** What stands at the top of a recording; nothing of it is a secret. */
export interface RecordingHeader {
  /** The device's name in the inventory, else its address. */
  readonly device: string;
  readonly host: string;
  readonly platform: string;
  readonly transport: string;
  /** How the device writes its characters, by WHATWG's name. */
  readonly encoding: string;
  /** When the recording began: ISO 8601, UTC. */
  readonly started: string;
  /** The version of rollcall that wrote it. */
  readonly rollcall: string;
  readonly username?: string | undefined;
  /** Which secrets the session had, never their values: a replay has to be given some in their place. */
  readonly secrets?: readonly ('password' | 'secret')[] | undefined;
}

/** The keys of the header in the order in which they are written; the first seven are always there. */
export const HEADER_KEYS = [
  ...(['device', 'host', 'platform', 'transport', 'encoding', 'started', 'rollcall'] as const),
  ...(['username', 'secrets'] as const),
];
export const NEEDED_KEYS: readonly string[] = HEADER_KEYS.slice(0, 7);

/** Bytes as they were, or the place of something that was blanked out. */
export type RecordedPiece = Uint8Array | 'secret';

/** What one line of a recording says: bytes of the device, or to it; a remark; or the end, with a text where it broke. */
export type RecordedEntry =
  | RecordedBytes<'received'>
  | RecordedBytes<'sent'>
  | RecordedText<'note'>
  | RecordedText<'end'>;

interface RecordedBytes<K> {
  readonly kind: K;
  readonly atMs: number;
  readonly pieces: readonly RecordedPiece[];
}

interface RecordedText<K> {
  readonly kind: K;
  readonly atMs: number;
  readonly text: string;
}

/** What stands for each kind: towards the user, towards the device, and what rollcall itself has to say. */
export const SIGNS = { received: '<', sent: '>', note: '*', end: 'end' } as const;

const LF = 10;
/** So that a line of a recording can be looked at, also where the device ends none. */
const LONGEST_PIECE = 1024;

/** Returns the lines above the first entry, the first line included. */
export function headerText(header: RecordingHeader): string {
  const lines = HEADER_KEYS.map((key) => {
    const value = header[key];
    if (value === undefined || value.length === 0) return undefined;
    return `${key}: ${toText(Buffer.from(typeof value === 'string' ? value : value.join(' ')))}`;
  });
  return `${[FIRST_LINE, ...lines.filter((line) => line !== undefined), ''].join('\n')}\n`;
}

/** Returns an entry as text: a line, and for bytes one for each line of the device's. */
export function entryText(entry: RecordedEntry): string {
  const start = `${(Math.max(0, entry.atMs) / 1000).toFixed(3)} ${SIGNS[entry.kind]}`;
  if (entry.kind === 'received' || entry.kind === 'sent') {
    return linesOf(entry.pieces)
      .map((text) => `${start} "${text}"\n`)
      .join('');
  }
  return entry.text === '' ? `${start}\n` : `${start} "${toText(Buffer.from(entry.text))}"\n`;
}

function linesOf(pieces: readonly RecordedPiece[]): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of pieces) {
    if (piece === 'secret') {
      line += '\\[secret]';
      continue;
    }
    let from = 0;
    while (from < piece.length) {
      const end = piece.indexOf(LF, from);
      const to = Math.min(end === -1 ? piece.length : end + 1, from + LONGEST_PIECE);
      line += toText(piece.subarray(from, to));
      if (to < piece.length || end === to - 1) {
        lines.push(line);
        line = '';
      }
      from = to;
    }
  }
  return line === '' ? lines : [...lines, line];
}
