import { processWide } from './registry.js';

/** Where rollcall's own messages go; `fields` are plain data and never hold a secret. */
export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

const nothing = (): void => {};

/** Where a message comes from: the name of the worker whose call writes it, undefined outside of any. */
type LogOrigin = () => string | undefined;
const origin = () => processWide('logOrigin', (): { of: LogOrigin } => ({ of: () => undefined }));

/** Sets what tells the default logger where a message comes from; that stands before the message then. */
export function setLogOrigin(of: LogOrigin): void {
  origin().of = of;
}

const print = (message: string, fields?: object): void => {
  const from = origin().of();
  const line = from === undefined ? message : `${from}: ${message}`;
  if (fields === undefined) console.error(line);
  else console.error(line, fields);
};

/** Says nothing. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Writes warnings and errors to standard error: what applies until somebody sets another one. */
const defaultLogger: Logger = { debug: nothing, info: nothing, warn: print, error: print };

const current = () => processWide('logger', () => ({ logger: defaultLogger }));

/** Returns the logger that the whole process uses. */
export function logger(): Logger {
  return current().logger;
}

/** Sets the logger that the whole process uses, and returns the one before. */
export function setLogger(next: Logger): Logger {
  const before = current().logger;
  current().logger = next;
  return before;
}
