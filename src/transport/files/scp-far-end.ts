import type { Duplex } from 'node:stream';
import { ConnectionClosedError, RollcallError, TransferError } from '../../base/index.js';
import type { ExecChannel, Redact } from '../connection.js';
import type { Patience } from './patience.js';
import { ScpReader } from './scp-reader.js';

const phase = 'transfer';
export const OK = Buffer.from([0]);
const WARNING = 1;
const FATAL = 2;
/** What a source says first: a file, a folder or its end, and the times of one. */
const OFFERS = new Set(Buffer.from('CDET'));
/** A warning of the far end is a text for people; more of it is something else. */
const LONGEST_LINE = 4096;

/** The far end of a transfer. */
export interface FarEnd {
  write(bytes: Uint8Array): Promise<void>;
  /** Waits for the byte that says that all is well. @throws TransferError with what the device says otherwise. */
  acknowledged(): Promise<void>;
  /** The same behind a whole file, and answers it; a far end that has hung up by then (IOS does) has said enough. */
  endOfFile(size: number): Promise<void>;
  hasSpoken(): boolean;
  /** Returns the next line of the protocol. @throws TransferError where it is an error. */
  line(): Promise<string>;
  /** Reads what the far end has to say behind the end, up to its own. */
  rest(): Promise<void>;
  /** Returns what has come of the content, at most so many bytes and at least one. */
  some(most: number): Promise<Uint8Array>;
}

/** Speaks with the scp of the device, as long as there is patience. */
export function farEnd(
  { stream, stderr, exit }: ExecChannel,
  patience: Patience,
  redact: Redact = (text) => text,
): FarEnd {
  const reader = new ScpReader(stream);
  let complaints = '';
  stderr.on('data', (bytes: Buffer) => {
    if (complaints.length < LONGEST_LINE) complaints += bytes.toString('utf8');
  });
  const ended = async (): Promise<Error> => {
    const how = await patience.wait(exit).catch(() => undefined);
    if (how === undefined)
      return new ConnectionClosedError('closed', 'the connection broke in the middle of a file', { phase });
    const why =
      redact(oneLine(complaints)) || (how.code === undefined ? 'it says nothing more' : `it ended with ${how.code}`);
    const code =
      how.code === 127 || /not found|unknown command|not enabled/i.test(complaints) ? 'not_supported' : 'file_refused';
    return new TransferError(code, `the device ended scp: ${why}`, { phase });
  };
  const next = async (): Promise<number> => (await patience.wait(reader.byte())) ?? Promise.reject(await ended());
  const restOfLine = async (): Promise<string> => {
    const bytes: number[] = [];
    for (;;) {
      const byte = await patience.wait(reader.byte());
      if (byte === undefined || byte === 0x0a || bytes.length >= LONGEST_LINE)
        return Buffer.from(bytes).toString('utf8');
      bytes.push(byte);
    }
  };
  const complaint = async (first: number): Promise<Error> => {
    const isProtocol = first === WARNING || first === FATAL;
    let text = redact(oneLine((isProtocol ? '' : String.fromCharCode(first)) + (await restOfLine())));
    // A command line begins its answer with an empty one.
    if (!isProtocol && text === '') text = redact(oneLine(await restOfLine()));
    if (!isProtocol)
      return new RollcallError('not_supported', `the device does not speak SCP; it says: ${text}`, { phase });
    const missing = /no such file/i.test(text);
    const full = /no space left|not enough space|insufficient space/i.test(text);
    return new TransferError(
      missing ? 'no_such_file' : full ? 'no_space' : 'file_refused',
      `the device says: ${text}`,
      { phase },
    );
  };
  return {
    write: (bytes) =>
      patience.wait(written(stream, bytes)).catch(async (error: unknown) => {
        // The reason stands in what the device said before it closed.
        if (reader.ended && reader.buffered === 0) throw await ended();
        if (reader.buffered > 0) throw await complaint(await next());
        throw error;
      }),
    hasSpoken: () => reader.buffered > 0 || reader.ended,
    async acknowledged() {
      const byte = await next();
      if (byte !== 0) throw await complaint(byte);
    },
    async endOfFile(size) {
      const byte = await patience.wait(reader.byte());
      if (byte === undefined) return;
      if (byte === WARNING || byte === FATAL) throw await complaint(byte);
      if (byte !== 0) throw tooMuch(`more than the ${size} bytes that it announced`);
      await patience.wait(written(stream, OK)).catch(() => {});
    },
    async line() {
      const byte = await next();
      if (!OFFERS.has(byte)) throw await complaint(byte);
      return String.fromCharCode(byte) + (await restOfLine());
    },
    async rest() {
      let bytes = 0;
      for (let some = await patience.wait(reader.some(LONGEST_LINE)); some !== undefined; ) {
        bytes += some.length;
        if (bytes > LONGEST_LINE) throw tooMuch('on and on behind the end of the file');
        some = await patience.wait(reader.some(LONGEST_LINE));
      }
    },
    async some(most) {
      return (await patience.wait(reader.some(most))) ?? Promise.reject(await ended());
    },
  };
}

const tooMuch = (what: string): TransferError =>
  new TransferError('file_refused', `the device sends ${what}; expected the file and a zero`, { phase });

/** Resolves when the bytes were handed on, so that no more than one chunk of a file waits in memory. */
function written(stream: Duplex, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (!stream.writable)
      return reject(new ConnectionClosedError('closed', 'the device closed the channel', { phase }));
    const onClose = (): void => reject(new ConnectionClosedError('closed', 'the device closed the channel', { phase }));
    stream.once('close', onClose);
    stream.write(bytes, (error) => {
      stream.removeListener('close', onClose);
      if (error) reject(error);
      else resolve();
    });
  });
}

/** The first line that holds something, without what cannot be shown. */
const oneLine = (text: string): string =>
  (text.split('\n').find((line) => line.trim() !== '') ?? '').replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ').trim();
