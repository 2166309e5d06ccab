import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 256 * 1024;
/** A longer line is none of ours: an answer is bounded far below it. */
const LONGEST_LINE = 512 * 1024 * 1024;
const LF = 10;

/** A whole line of a file of lines in JSON, and where it stands. */
export interface PlacedLine {
  readonly value: Readonly<Record<string, unknown>>;
  readonly from: number;
  /** Behind its line end. */
  readonly to: number;
}

/**
 * Goes through the lines of a file that are whole and valid: an object in JSON, in UTF-8, with a line end. Others, such as
 * the half one that a killed program or a full disk has left at the end, are passed over. @throws what the system says.
 */
export function* readLines(path: string, { from = 0 } = {}): Generator<PlacedLine> {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    let pieces: Buffer[] = [];
    let length = 0;
    let start = from;
    for (let at = from; at < size; ) {
      const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at));
      const read = readSync(descriptor, chunk, 0, chunk.length, at);
      if (read === 0) return;
      let behind = 0;
      for (let end = lineEnd(chunk, 0, read); end !== -1; end = lineEnd(chunk, behind, read)) {
        const last = chunk.subarray(behind, end);
        behind = end + 1;
        const value = length + last.length > LONGEST_LINE ? undefined : parsed(joined(pieces, last));
        if (value !== undefined) yield { value, from: start, to: at + behind };
        pieces = [];
        length = 0;
        start = at + behind;
      }
      length += read - behind;
      // What is too long to be a line of ours is counted, and not kept.
      if (length <= LONGEST_LINE) pieces.push(chunk.subarray(behind, read));
      else pieces = [];
      at += read;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** Returns the line between two places of the file, or undefined where it is not what stood there. */
export function readLineAt(
  descriptor: number,
  { from, to }: Pick<PlacedLine, 'from' | 'to'>,
): PlacedLine['value'] | undefined {
  const bytes = Buffer.allocUnsafe(to - from);
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(descriptor, bytes, done, bytes.length - done, from + done);
    if (read === 0) return undefined;
    done += read;
  }
  return parsed(bytes.subarray(0, -1));
}

function lineEnd(chunk: Buffer, from: number, to: number): number {
  const end = chunk.indexOf(LF, from);
  return end < to ? end : -1;
}

const joined = (pieces: readonly Buffer[], last: Buffer): Buffer =>
  pieces.length === 0 ? last : Buffer.concat([...pieces, last]);

function parsed(line: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
