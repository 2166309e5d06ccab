import type { Device } from '../inventory/index.js';
import type { Platform } from '../platforms/index.js';
import { execCommands, type SendCommandsInput, sendCommands } from '../runner/index.js';
import { checkCommands, checkExecCommands } from '../session/index.js';
import { gatherCommands } from './commands-list.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';
import type { RunFlags } from './run-command.js';

/** What a run does on each of its devices. */
export interface CommandsWork {
  readonly commands: readonly string[];
  readonly task: typeof sendCommands;
  /** @throws UsageError for what the devices cannot be sent. */
  check(selection: Selection): void;
  input(how: Pick<SendCommandsInput, 'agent' | 'session'>): SendCommandsInput;
}

/** The work of `rollcall run COMMAND…`. @throws UsageError. */
export function commandsWork(args: readonly string[], flags: RunFlags): CommandsWork {
  const { commandsFrom, keptCommands, exec, stopOnError } = flags;
  const commands = keptCommands ?? gatherCommands(args, commandsFrom);
  const refuseBad = exec ? refuseBadExec : refuseBadCommands;
  return {
    commands,
    task: exec ? execCommands : sendCommands,
    check: ({ devices, platforms }) => refuseBad(commands, devices, platforms),
    input: (how) => ({ ...how, commands, onRefusal: stopOnError ? 'stop' : 'continue' }),
  };
}

/** What no device of the inventory can be sent is wrong before the first is connected. */
function refuseBadCommands(
  commands: readonly string[],
  devices: readonly Device[],
  platforms: readonly Platform[],
): void {
  for (const platform of new Set(devices.map((device) => device.platform))) {
    try {
      checkCommands(commands, platform, platforms);
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  }
}

/** The same for commands that run without a shell: every device must be one that can do it. */
function refuseBadExec(commands: readonly string[], devices: readonly Device[], platforms: readonly Platform[]): void {
  const wrong: string[] = [];
  for (const device of devices) {
    try {
      checkExecCommands(commands, device, platforms);
    } catch (error) {
      wrong.push(`${device.name}: ${(error as Error).message}`);
    }
  }
  if (wrong.length === 0) return;
  const more = wrong.length > SHOWN_DEVICES ? `\n… and ${wrong.length - SHOWN_DEVICES} more devices` : '';
  throw new UsageError(`--exec: ${wrong.slice(0, SHOWN_DEVICES).join('\n')}${more}`);
}

/** How many devices an error names. */
const SHOWN_DEVICES = 5;
