import {
  AuthenticationError,
  ConnectionClosedError,
  type Deadline,
  DeviceTimeoutError,
  RollcallError,
  reword,
} from '../../base/index.js';
import { addressOf, type SessionTarget } from '../options.js';

/** As many characters as tell noise from a stray one. */
const ENOUGH = 4;

interface Failed {
  readonly target: SessionTarget;
  /** By when the device's whole turn must have been over. */
  readonly deadline: Deadline;
}

/** Says in the error which device it was, and which clock really ran out. */
export function explain(error: unknown, { target, deadline }: Failed): unknown {
  if (!(error instanceof RollcallError)) return error;
  const where = addressOf(target);
  const { phase, details, message } = error;
  if (error.code === 'connect_timeout' && deadline.passed) {
    const says = `${where}: ${message}; its time in all is over`;
    return new DeviceTimeoutError('device_timeout', says, { cause: error, phase, details });
  }
  const login = error instanceof AuthenticationError && error.code === 'authentication' && details?.at === undefined;
  const what = login ? `Authentication failure: unable to connect ${target.platform} ${where}` : where;
  return reword(error, `${what}: ${message}${hint(error, target)}`);
}

/** What the way to the device has to do with an error, to be put behind its message; empty where nothing is known. */
function hint(error: RollcallError, { transport, serial, terminalServer, console }: SessionTarget): string {
  const heard = String(error.details?.lastReceived ?? '');
  if (transport === 'serial' && error.phase === 'login' && isNoise(heard)) {
    return `; what came is no text: is the speed of the line right (serial.baudRate, now ${serial?.baudRate ?? 9600})?`;
  }
  // Before the first prompt its last words stand in the error already.
  if (transport === 'process' && error instanceof ConnectionClosedError && error.phase !== 'login') {
    const words = heard.trim();
    return words === '' ? '' : `; its last words: ${JSON.stringify(words)}`;
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
