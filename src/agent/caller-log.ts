import { AsyncLocalStorage } from 'node:async_hooks';
import { type Logger, processWide } from '../base/index.js';

type Tell = (message: string) => void;

const callers = () => processWide('agent.callers', () => new AsyncLocalStorage<Tell>());

/** Does work whose warnings are for whoever asked for it. */
export function tellingCaller<T>(tell: Tell, work: () => T): T {
  return callers().run(tell, work);
}

/** Returns a logger that hands the warnings of a call to its client, and everything else to another logger. */
export function callerLogger(otherwise: Logger): Logger {
  const tell =
    (level: 'warn' | 'error') =>
    (message: string, fields?: object): void => {
      const caller = callers().getStore();
      if (caller === undefined) otherwise[level](message, fields);
      else caller(message);
    };
  return {
    debug: (message, fields) => otherwise.debug(message, fields),
    info: (message, fields) => otherwise.info(message, fields),
    warn: tell('warn'),
    error: tell('error'),
  };
}
