import { ConnectionClosedError, DeviceTimeoutError, type RollcallError } from '../../base/index.js';
import type { SessionTarget } from '../options.js';

/** As many characters as tell noise from a stray one. */
const ENOUGH = 4;

/** What the way to the device has to do with an error, to be put behind its message; empty where nothing is known. */
export function hint(error: RollcallError, { transport, serial, terminalServer, console }: SessionTarget): string {
  const heard = String(error.details?.lastReceived ?? '');
  if (transport === 'serial' && error.phase === 'login' && isNoise(heard)) {
    return `; what came is no text: is the speed of the line right (serial.baudRate, now ${serial?.baudRate ?? 9600})?`;
  }
  if (transport === 'process' && error instanceof ConnectionClosedError) {
    const how = error.cause instanceof Error ? error.cause.message : 'the program ended by itself';
    const words = heard.trim();
    return `; ${how}${words === '' ? '' : `; its last words: ${JSON.stringify(words)}`}`;
  }
  const silent = error instanceof DeviceTimeoutError && error.details?.stall === 'silence';
  if (silent && terminalServer?.command !== undefined && console !== true) {
    return '; a console behind a terminal server speaks when a key was pressed: set console where it is one';
  }
  return '';
}

/** At a wrong speed bytes are torn: most are no characters of any text. */
function isNoise(text: string): boolean {
  const characters = [...text.replace(/\s/g, '')];
  const strange = characters.filter((one) => /[^\x20-\x7e]/.test(one)).length;
  return strange >= ENOUGH && strange * 3 > characters.length;
}
