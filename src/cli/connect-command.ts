import { didYouMean, RollcallError } from '../base/index.js';
import type { Device } from '../inventory/index.js';
import { openTerminal, type Question, type Terminal } from '../session/index.js';
import { askAtTerminal } from './ask.js';
import { gatherCredentials, withCredentials } from './credentials.js';
import { EXIT, UsageError } from './exit-codes.js';
import { Interrupt } from './interrupt.js';
import { type InventoryFlags, inventoryOf, isOnStdin } from './inventory-flags.js';
import { clean } from './output/clean.js';
import { ownPlatforms, type PlatformFlags } from './platform-files.js';
import { refuseMissingSecrets } from './secrets-at-hand.js';
import { EscapeKeys } from './terminal/escape-keys.js';
import { Screen } from './terminal/screen.js';

export interface ConnectFlags extends InventoryFlags, PlatformFlags {
  readonly login: boolean;
  readonly enable: boolean;
  readonly record?: string;
  readonly escape: string;
  readonly connectTimeout?: number;
  readonly username?: string;
  readonly askPassword?: boolean;
  readonly hostKeys: 'accept-new' | 'strict' | 'off';
  readonly knownHosts?: string;
}

/** `rollcall connect`: a person's terminal on one device; returns the exit code. @throws UsageError, InventoryError. */
export async function connectCommand(name: string, flags: ConnectFlags, exit: (code: number) => void): Promise<number> {
  const escapeKey = flags.escape === 'none' ? undefined : flags.escape;
  if (isOnStdin(flags)) throw new UsageError('standard input is the keyboard here: name a file with -i');
  const screen = Screen.open();
  const platforms = ownPlatforms(flags);
  const inventory = await inventoryOf(flags, platforms);
  for (const warning of inventory.warnings) tell(`warning: ${warning}`);
  const found = find(name, inventory.devices);
  await refuseMissingSecrets([found]);
  const device = withCredentials(found, await gatherCredentials(flags));
  const interrupt = new Interrupt(() => {}, exit);
  let recorded = true;
  try {
    const terminal = await open(device, {
      flags,
      screen,
      interrupt,
      platforms,
      onRecordingLost: (reason) => {
        recorded = false;
        tell(`${device.name} is not recorded from here on: ${flags.record}: ${reason}`, '\r\n');
      },
    });
    const how = await talk(terminal, { screen, escapeKey, interrupt, name: device.name });
    tell(how, '\n');
    return interrupt.code ?? (recorded ? EXIT.ok : EXIT.failed);
  } catch (error) {
    screen.leave();
    if (!(error instanceof RollcallError) || error.code === 'bad_option') throw error;
    tell(error.message);
    return interrupt.code ?? EXIT.devicesNotOk;
  } finally {
    screen.leave();
    interrupt.release();
  }
}

/** Lines of rollcall's own begin at the left, also where the terminal is in raw mode. */
const tell = (text: string, end = '\n'): void => void process.stderr.write(`\rrollcall: ${clean(text)}${end}`);

/** By the inventory's name, else by the address where only one device has it. */
function find(name: string, devices: readonly Device[]): Device {
  const found = devices.find((device) => device.name === name);
  if (found !== undefined) return found;
  const there = devices.filter(({ host, port }) => host === name || (port !== undefined && `${host}:${port}` === name));
  const [first, ...others] = there;
  if (first !== undefined && others.length === 0) return first;
  if (first !== undefined) {
    const names = there.map((device) => device.name).join(', ');
    throw new UsageError(`${there.length} devices have the address ${name}: name one of ${names}`);
  }
  const known = devices.flatMap((device) => [device.name, device.host]);
  const near = didYouMean(name, new Set(known));
  throw new UsageError(`the inventory has no device '${name}'${near || `; it has ${devices.length} devices`}`);
}

interface Opening {
  readonly flags: ConnectFlags;
  readonly screen: Screen;
  readonly interrupt: Interrupt;
  readonly platforms: ReturnType<typeof ownPlatforms>;
  readonly onRecordingLost: (reason: string) => void;
}

async function open(
  device: Device,
  { flags, screen, interrupt, platforms, onRecordingLost }: Opening,
): Promise<Terminal> {
  const { signal } = interrupt;
  let terminal: Terminal | undefined;
  terminal = await openTerminal(device, {
    ...screen.size,
    type: process.env.TERM || 'vt100',
    login: flags.login,
    enable: flags.enable ? 'auto' : 'never',
    platforms,
    hostKeys: { policy: flags.hostKeys, knownHostsFile: flags.knownHosts },
    ...(flags.connectTimeout === undefined ? {} : { timeouts: { connectMs: flags.connectTimeout } }),
    ...(flags.record === undefined ? {} : { recording: { file: flags.record, device: device.name }, onRecordingLost }),
    signal,
    ask: ({ prompt, echo, about }: Question) =>
      askAtTerminal(clean(`${about === undefined ? `${device.name} asks: ` : ''}${prompt} `), { echo, signal }),
    onData: (bytes) => {
      if (!screen.write(bytes, () => terminal?.resume())) terminal?.pause();
    },
  });
  return terminal;
}

interface Talk {
  readonly screen: Screen;
  readonly escapeKey: string | undefined;
  readonly interrupt: Interrupt;
  readonly name: string;
}

/** Hands keys and words over until one side ends it, and says which. */
async function talk(terminal: Terminal, { screen, escapeKey, interrupt, name }: Talk): Promise<string> {
  const keys = new EscapeKeys(escapeKey);
  let closedHere = false;
  const close = (): void => {
    closedHere = true;
    void terminal.close();
  };
  const { signal } = interrupt;
  if (signal.aborted) close();
  signal.addEventListener('abort', close, { once: true });
  screen.enter(
    (bytes) => {
      const { send, wants } = keys.take(bytes);
      if (send.length > 0) terminal.write(send);
      if (wants === 'close') close();
      if (wants === 'help') tell(help(escapeKey ?? ''), '\r\n');
    },
    () => terminal.resize(screen.size.columns, screen.size.rows),
  );
  const error = await terminal.closed;
  await terminal.close();
  screen.leave();
  process.stderr.write('\n');
  if (closedHere) return `the connection to ${name} was closed`;
  if (error !== undefined) throw error;
  return `${name} closed the connection`;
}

const help = (key: string): string =>
  `at the beginning of a line ${key}. closes the connection, ${key}${key} types ${key}, ${key}? prints this`;
