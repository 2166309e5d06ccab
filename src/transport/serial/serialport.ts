import type { Duplex } from 'node:stream';
import { RollcallError } from '../../base/index.js';

/** The part of serialport 13's port that is used here. */
export interface SerialPort extends Duplex {
  readonly isOpen: boolean;
  open(onOpen: (error: Error | null) => void): void;
  /** Waits until all that was written has left this machine. */
  drain(onDrained: (error: Error | null) => void): void;
  close(onClosed: (error: Error | null) => void): void;
}

export interface SerialPortOptions {
  readonly path: string;
  readonly baudRate: number;
  readonly dataBits: number;
  readonly parity: string;
  readonly stopBits: number;
  /** Nobody else opens the line meanwhile. */
  readonly lock: true;
  readonly autoOpen: false;
}

type SerialPortClass = new (options: SerialPortOptions) => SerialPort;

/**
 * Returns serialport's class, loaded at the first call: it is an optional package with native code.
 * @throws RollcallError (`not_supported`) when it is not installed, or not for this system.
 */
export async function loadSerialPort(
  load: () => Promise<unknown> = () => import('serialport'),
): Promise<SerialPortClass> {
  try {
    return ((await load()) as { readonly SerialPort: SerialPortClass }).SerialPort;
  } catch (cause) {
    const says = 'serial lines need the package serialport, version 13, beside rollcall: npm install serialport@13';
    const why = isMissing(cause) ? 'it is not installed' : `it cannot be loaded: ${(cause as Error).message}`;
    throw new RollcallError('not_supported', `${says} (${why})`, { phase: 'connect', cause });
  }
}

const isMissing = (error: unknown): boolean =>
  (error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND' && (error as Error).message.includes("'serialport'");
