import { AbortedError, ConnectionClosedError, RollcallError, UnreachableError } from '../../base/index.js';
import type { Connection, ConnectionOptions, Transport } from '../connection.js';
import type { ConnectionTarget } from '../target.js';
import { explainOpening } from './explain.js';
import { loadSerialPort, type SerialPort } from './serialport.js';
import { settingsOf } from './settings.js';
import { watchPath } from './watch.js';

/** How long what was written may take to leave this machine before the line is closed: at 9,600 baud that is 1,900 bytes. */
const GOODBYE_MS = 2_000;

/**
 * Opens a serial line; logging in happens on the command line itself.
 * @throws UnreachableError (`unreachable`, `connect_timeout`), AbortedError, OptionError; RollcallError (`not_supported`)
 * where the package serialport is not installed.
 */
export async function openSerial(target: ConnectionTarget, options: ConnectionOptions): Promise<Connection> {
  const path = target.host;
  const settings = settingsOf(target.serial);
  options.onPhase?.('connect');
  const SerialPort = await loadSerialPort();
  const port = new SerialPort({ ...settings, path, lock: true, autoOpen: false });
  await open(port, path, options);
  return serialConnection(port, path);
}

function open(port: SerialPort, path: string, { deadline, signal }: ConnectionOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let settled = false;
    const settle = (error?: Error): void => {
      if (settled) return;
      settled = true;
      unschedule();
      signal?.removeEventListener('abort', onAbort);
      if (error === undefined) resolve();
      else reject(error);
    };
    const onAbort = (): void => settle(new AbortedError('cancelled while opening the line', { phase: 'connect' }));
    const unschedule = deadline.schedule(() =>
      settle(new UnreachableError('connect_timeout', `${path} could not be opened in time`, { phase: 'connect' })),
    );
    if (signal?.aborted) return onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    // Stays for the life of the port: an 'error' that nobody hears would end the process.
    port.on('error', () => {});
    port.open((error) => {
      // Nobody waits for it any more.
      if (settled && error === null) return port.close(() => {});
      settle(error === null ? undefined : explainOpening(path, error));
    });
  });
}

function serialConnection(port: SerialPort, path: string): Connection {
  const whenClosed = new Promise<void>((resolve) => port.once('close', () => resolve()));
  const drop = (): void => {
    if (port.isOpen) port.close(() => {});
  };
  let gone = false;
  const unwatch = watchPath(path, () => {
    gone = true;
    drop();
  });
  port.once('close', unwatch);
  return {
    facts: { transport: 'serial' },
    openShell: async () => transportOf(port, () => gone),
    exec: () => refuse('run a command in a channel of its own'),
    forward: () => refuse('lead on to another host'),
    async close() {
      if (!port.isOpen) return;
      const timer = setTimeout(drop, GOODBYE_MS);
      port.drain(drop);
      await whenClosed;
      clearTimeout(timer);
    },
    destroy: drop,
  };
}

const refuse = (what: string): Promise<never> =>
  Promise.reject(new RollcallError('not_supported', `a serial line cannot ${what}`, { phase: 'open' }));

function transportOf(port: SerialPort, isGone: () => boolean): Transport {
  let onClose: ((error?: Error) => void) | undefined;
  let over: { readonly error?: Error } | undefined;
  port.once('close', (cause?: Error | null) => {
    const says = isGone()
      ? 'the line is gone: was its adapter unplugged?'
      : cause && `the line broke: ${cause.message}`;
    over = says ? { error: new ConnectionClosedError('closed', says, cause ? { cause } : {}) } : {};
    onClose?.(over.error);
  });
  return {
    write(bytes) {
      if (port.isOpen) port.write(bytes);
    },
    onData(listener) {
      port.on('data', listener);
    },
    onClose(listener) {
      onClose = listener;
      if (over !== undefined) listener(over.error);
    },
    pause() {
      port.pause();
    },
    resume() {
      port.resume();
    },
  };
}
