import type { Connection, Transport } from '../../transport/index.js';
import type { SessionRecorder } from './session-recorder.js';

/** The same connection, of whose shell everything that passes is written down. */
export function recordedConnection(connection: Connection, recorder: SessionRecorder): Connection {
  return {
    facts: connection.facts,
    async openShell(options) {
      const shell = await connection.openShell(options);
      recorder.begin();
      return recordedTransport(shell, recorder);
    },
    exec: (command, times) => connection.exec(command, times),
    forward: (host, port, times) => connection.forward(host, port, times),
    openSftp: (times) => connection.openSftp(times),
    async close() {
      await connection.close();
      await recorder.close();
    },
    destroy() {
      connection.destroy();
      recorder.closeNow();
    },
  };
}

function recordedTransport(shell: Transport, recorder: SessionRecorder): Transport {
  const listeners: ((bytes: Uint8Array) => void)[] = [];
  // The device waits as long as either of the two wants it to.
  const waits = { session: false, recorder: false };
  const wait = (who: keyof typeof waits, whether: boolean): void => {
    waits[who] = whether;
    if (waits.session || waits.recorder) shell.pause();
    else shell.resume();
  };
  recorder.onFull = (full) => wait('recorder', full);
  return {
    write(bytes) {
      recorder.sent(bytes);
      shell.write(bytes);
    },
    onData(listener) {
      listeners.push(listener);
      if (listeners.length > 1) return;
      shell.onData((bytes) => {
        recorder.received(bytes);
        for (const one of listeners) one(bytes);
      });
    },
    onClose(listener) {
      shell.onClose((error) => {
        recorder.end(error?.message);
        listener(error);
      });
    },
    pause: () => wait('session', true),
    resume: () => wait('session', false),
    resize: (columns, rows) => shell.resize?.(columns, rows),
  };
}
