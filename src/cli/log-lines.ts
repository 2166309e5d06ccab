import type { Observer, RunDevice } from '../runner/index.js';

interface LoggedDevice extends RunDevice {
  readonly host: string;
  readonly port?: number | undefined;
  readonly transport?: string | undefined;
}

/** The time of day with microseconds, as Python's `datetime.now().time()` prints it. */
function timeOfDay(): string {
  // One clock for all of it: with milliseconds from another the lines would seem to go back in time.
  const ms = performance.timeOrigin + performance.now();
  const now = new Date(ms);
  const pad = (value: number, width: number): string => String(value).padStart(width, '0');
  const micro = pad(now.getMilliseconds(), 3) + pad(Math.floor((ms % 1) * 1000), 3);
  return `${pad(now.getHours(), 2)}:${pad(now.getMinutes(), 2)}:${pad(now.getSeconds(), 2)}.${micro}`;
}

/** Observes a run in the course's log lines: `ThreadPoolExecutor-0_1 root INFO: ===> 08:35:50.931629 Connection: R1`. */
export function logLines(print: (line: string) => void): Observer<LoggedDevice> {
  const address = ({ host, port, transport }: LoggedDevice): string =>
    `${host.includes(':') ? `[${host}]` : host}:${port ?? (transport === 'telnet' ? 23 : 22)}`;
  return {
    step(device, event) {
      if (event.type !== 'started') return;
      print(`${event.worker || event.thread} root INFO: ===> ${timeOfDay()} Connection: ${address(device)}`);
    },
    result({ device, status, worker }) {
      if (worker === '') return;
      const what = status === 'ok' ? 'Received' : `Failed (${status})`;
      print(`${worker} root INFO: <=== ${timeOfDay()} ${what}: ${address(device)}`);
    },
  };
}
