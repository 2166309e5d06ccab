import { Deadline } from '../../base/index.js';
import type { Platform } from '../../platforms/index.js';
import { openConnection } from '../../transport/index.js';
import { connect } from '../connect.js';
import { SessionSecrets } from '../line/secrets.js';
import { AUTODETECT } from '../login/autodetect.js';
import { secretsOf } from '../login/credentials.js';
import { resolveSecrets } from '../login/resolve-secrets.js';
import {
  checkOptions,
  platformOf,
  type ResolvedTarget,
  type SessionOptions,
  type SessionTarget,
  timeoutsOf,
} from '../options.js';
import { recorded } from '../recording/record.js';
import { Tap } from './tap.js';

/** A person's terminal, beside what `connect` takes. */
export interface TerminalOptions extends SessionOptions {
  /** The size of the person's terminal. */
  readonly columns: number;
  readonly rows: number;
  /** Its type, as `$TERM` has it. */
  readonly type: string;
  /** False leaves the dialogue on the command line to the person; default true. */
  readonly login?: boolean | undefined;
  /** Hears all that the device says, as it says it: control characters too. */
  readonly onData: (bytes: Uint8Array) => void;
}

/** A device's command line in the hands of a person. */
export interface Terminal {
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Has the device wait, and go on. */
  pause(): void;
  resume(): void;
  /** Resolves when the connection has ended, with the error where it broke. */
  readonly closed: Promise<Error | undefined>;
  /** Ends the connection; nothing is typed for that. */
  close(): Promise<void>;
}

/**
 * Opens a device's command line for a person: logs in and enables as `connect` does, but leaves the pager and the
 * terminal's size as the person has them.
 * @throws what `connect` throws.
 */
export async function openTerminal(given: SessionTarget, terminal: TerminalOptions): Promise<Terminal> {
  const { columns, rows, type, login = true, onData, ...rest } = terminal;
  checkOptions(given, rest);
  const size = { columns, rows, type };
  const secrets = new SessionSecrets(secretsOf(given), given);
  const heard = { ...rest, ...secrets.hearingAll(rest) };
  const target = await resolveSecrets(given, { options: heard });
  const options = recorded(target, heard, secrets);
  const tap = new Tap(onData);
  const open = tap.opener(options.openConnection ?? openConnection);
  const end = login
    ? await byLogin(target, { ...options, openConnection: open, platform: forPerson(target, options, size) })
    : await byHand(
        target,
        { ...options, openConnection: open },
        { size, redact: (text) => secrets.redact(text) },
      ).catch((error: unknown) => {
        throw secrets.redactError(error);
      });
  tap.handOver();
  return {
    write: (bytes) => tap.shell?.write(bytes),
    resize: (width, height) => tap.shell?.resize?.(width, height),
    pause: () => tap.shell?.pause(),
    resume: () => tap.shell?.resume(),
    closed: tap.closed.then((error) => secrets.redactError(error)),
    close: end,
  };
}

type Size = Pick<TerminalOptions, 'columns' | 'rows' | 'type'>;

/** The platform without what makes a device easy for programs. */
function forPerson(target: SessionTarget, options: SessionOptions, { columns, rows, type }: Size): Platform {
  const platform = platformOf(target.platform, options);
  // Who looks at the screen sees what device it is.
  const name = platform.name === AUTODETECT ? 'generic' : platform.name;
  const terminal = { ...platform.terminal, columns, rows, type };
  return { ...platform, name, prepare: [], terminal };
}

async function byLogin(target: SessionTarget, options: SessionOptions): Promise<() => Promise<void>> {
  const session = await connect(target, options);
  return () => session.close();
}

async function byHand(
  target: ResolvedTarget,
  options: SessionOptions,
  { size: { columns, rows, type }, redact }: { readonly size: Size; readonly redact: (text: string) => string },
): Promise<() => Promise<void>> {
  const { signal, openConnection: open = openConnection } = options;
  const deadline = Deadline.after(timeoutsOf(target, options).connectMs);
  const connection = await open(target, { ...options, deadline, redact });
  try {
    const shell = await connection.openShell({ columns, rows, terminal: type, deadline, signal });
    shell.onData(() => {});
    return () => connection.close();
  } catch (error) {
    connection.destroy();
    throw error;
  }
}
