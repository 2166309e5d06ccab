import { type Device, loadCommandsMap } from '../inventory/index.js';
import {
  type CommandsOutput,
  execCommands,
  type Gate,
  type RunRecord,
  recordOf,
  type SendCommandsInput,
  sendCommands,
} from '../runner/index.js';
import { checkCommands, checkExecCommands } from '../session/index.js';
import { gatherCommands } from './commands-list.js';
import { UsageError } from './exit-codes.js';
import type { Selection } from './gather-fleet.js';
import { DeviceFiles } from './output/device-files.js';
import { recordText } from './output/text.js';
import { marked, refuseHarm } from './read-only.js';
import type { RunFlags } from './run-command.js';
import type { RunWork } from './run-work.js';

type CommandsOf = (device: Pick<Device, 'name' | 'commands'>) => readonly string[];
type Refuse = (commandsOf: CommandsOf, selection: Selection) => void;

const NONE: readonly string[] = [];
const NO_COMMAND =
  'no command is given; for example: rollcall run "show clock" -i devices.yaml ' +
  '(or --commands-from, --commands-map, `commands:` of a device in the inventory, --task)';

/** The work of `rollcall run COMMAND…`. @throws UsageError. */
export function commandsWork(
  args: readonly string[],
  flags: RunFlags,
): RunWork<SendCommandsInput, CommandsOutput, RunRecord> {
  const { commandsFrom, commandsMap, keptCommands, exec, stopOnError } = flags;
  const typed = keptCommands ?? gatherCommands(args, commandsFrom);
  const refuseBad = exec ? refuseBadExec : refuseBadCommands;
  let commandsOf: CommandsOf = () => typed;
  let someHaveNone = false;
  return {
    task: exec ? execCommands : sendCommands,
    commands: typed,
    async check(selection) {
      if (typed.length === 0) commandsOf = await commandsOfEach(commandsMap, selection.inventory);
      const { length: having } = selection.devices.filter((device) => commandsOf(device).length > 0);
      if (having === 0) throw new UsageError(commandsMap === undefined ? NO_COMMAND : noneIn(commandsMap));
      someHaveNone = having < selection.devices.length;
      refuseBad(commandsOf, selection);
      if (flags.readOnly) refuseHarm(commandsOf, selection);
    },
    gates: () => (someHaveNone ? [withCommandsOnly(commandsOf)] : []),
    input: (device, how) => ({
      ...how,
      commands: commandsOf(device),
      onRefusal: stopOnError ? 'stop' : 'continue',
    }),
    record: marked(flags, recordOf),
    text: recordText,
    files: (folder, format, devices) => {
      const byName = new Map(devices.map((device) => [device.name, device]));
      const commandsByName = (name: string): readonly string[] => {
        const device = byName.get(name);
        return device === undefined ? NONE : commandsOf(device);
      };
      return DeviceFiles.open(folder, { format, devices: [...byName.keys()], commandsOf: commandsByName });
    },
  };
}

const noneIn = (map: string): string =>
  `${map}: it has commands for devices of the inventory, and for none of those chosen`;

/** What was not typed for all: the file's commands, or those of the inventory. */
async function commandsOfEach(map: string | undefined, inventory: readonly Device[]): Promise<CommandsOf> {
  if (map === undefined) return ({ commands = NONE }) => commands;
  const byName = await loadCommandsMap(map, inventory);
  return ({ name }) => byName.get(name) ?? NONE;
}

/** Passes over the devices that nothing is to be sent to. */
function withCommandsOnly(commandsOf: CommandsOf): Gate<Device, CommandsOutput> {
  return {
    ahead: true,
    admit: (device) =>
      commandsOf(device).length > 0 ? { go: true } : { skip: 'there is no command for it', planned: true },
    start() {},
    step() {},
    end() {},
    attach() {},
  };
}

/** What no device of the inventory can be sent is wrong before the first is connected. */
const refuseBadCommands: Refuse = (commandsOf, { devices, platforms }) => {
  const checked = new Map<readonly string[], Set<string>>();
  for (const device of devices) {
    const commands = commandsOf(device);
    const { platform } = device;
    const before = checked.get(commands) ?? new Set<string>();
    if (commands.length === 0 || before.has(platform)) continue;
    checked.set(commands, before.add(platform));
    try {
      checkCommands(commands, platform, platforms);
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
  }
};

/** The same for commands that run without a shell: every device must be one that can do it. */
const refuseBadExec: Refuse = (commandsOf, { devices, platforms }) => {
  const wrong: string[] = [];
  for (const device of devices) {
    const commands = commandsOf(device);
    if (commands.length === 0) continue;
    try {
      checkExecCommands(commands, device, platforms);
    } catch (error) {
      wrong.push(`${device.name}: ${(error as Error).message}`);
    }
  }
  if (wrong.length === 0) return;
  const more = wrong.length > SHOWN_DEVICES ? `\n… and ${wrong.length - SHOWN_DEVICES} more devices` : '';
  throw new UsageError(`--exec: ${wrong.slice(0, SHOWN_DEVICES).join('\n')}${more}`);
};

/** How many devices an error names. */
const SHOWN_DEVICES = 5;
