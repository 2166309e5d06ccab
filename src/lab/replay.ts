import { checkChoice, checkKind, checkNames, got, OptionError, Player, type Recording } from '../base/index.js';
import { Accounts } from './accounts.js';
import { LabCounters } from './counters.js';
import type { DeviceModel, DeviceShell, ShellOptions, SimulatedPlatform } from './device.js';
import { defaultStateDirectory, HostKeyStore } from './host-keys.js';
import { inventoryText, type SimulatedDevice } from './inventory.js';
import { setups } from './options.js';
import type { LabTransport } from './settings.js';
import { Station } from './station.js';

/** Which recording is served, and how. */
export interface ReplayLabOptions {
  /** What `readRecording` returns. */
  readonly recording: Recording;
  /** Default: that of the recording; telnet for a line that is neither. */
  readonly transport?: LabTransport | undefined;
  /** 0 (default) is any free port. */
  readonly port?: number | undefined;
  /** The address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** 1 is the speed of the recording, 2 twice that; default: at once. */
  readonly speed?: number | undefined;
  /** Where the SSH host key is kept; default as with `startLab`. */
  readonly stateDirectory?: string | undefined;
  /** Told where a client leaves the recording, and where that ends in the middle; the client is told as well. */
  readonly onProblem?: ((problem: string) => void) | undefined;
}

/** A recording that is served as a device until it is closed. */
export interface ReplayLab {
  /** How to reach it. It lets everybody in; where the recording has a secret it takes any text. */
  readonly device: SimulatedDevice;
  /** The device as an inventory file. */
  inventory(): string;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** The user name, the password and the secret that stand in the inventory where the recording has none to show. */
const STAND_IN = 'replay';

/**
 * Serves a recording as a device on this machine, anew for each connection.
 * @throws OptionError for an option that is wrong and for a port that is in use.
 */
export async function startReplay(options: ReplayLabOptions): Promise<ReplayLab> {
  const names = ['recording', 'transport', 'port', 'host', 'speed', 'stateDirectory', 'onProblem'];
  checkNames('startReplay', options, names);
  const { recording, host = '127.0.0.1', port, speed, stateDirectory = defaultStateDirectory() } = options;
  if (!Array.isArray(recording?.entries)) {
    throw new OptionError(`recording must be one, as readRecording(file) returns it; got ${got(recording)}`);
  }
  checkChoice('transport', options.transport, ['ssh', 'telnet']);
  checkKind('onProblem', options.onProblem, 'function');
  if (speed !== undefined && !(Number.isFinite(speed) && speed > 0)) {
    throw new OptionError(`speed must be a number above 0; got ${got(speed)}`);
  }
  const { header } = recording;
  const transport = options.transport ?? (header.transport === 'ssh' ? 'ssh' : 'telnet');
  const [setup] = setups({ devices: 1, transport, port });
  if (setup === undefined) throw new OptionError('a replay has one device');
  const station = new Station(
    { ...setup, platform: replaying(recording, options) },
    { total: new LabCounters(), keys: new HostKeyStore(stateDirectory), accounts: new Accounts(undefined) },
  );
  await station.open(host);
  const device: SimulatedDevice = Object.freeze({
    name: header.device,
    host,
    port: station.port,
    platform: transport === 'telnet' ? `${header.platform}_telnet` : header.platform,
    username: header.username ?? STAND_IN,
    password: STAND_IN,
    secret: header.secrets?.includes('secret') === true ? STAND_IN : '',
  });
  const close = (): Promise<void> => station.close();
  return { device, inventory: () => inventoryText([device]), close, [Symbol.asyncDispose]: close };
}

/** The recording in the place of a network OS; the login over SSH is no part of it, so that everybody is let in. */
function replaying(recording: Recording, { speed, onProblem }: ReplayLabOptions): SimulatedPlatform {
  const { platform } = recording.header;
  const model: DeviceModel = {
    openShell: ({ line }) => shellOf(recording, { line, speed, onProblem }),
    exec: (_command, { line }) => {
      line.write('% replay: a recording runs no command in a channel of its own\r\n');
      line.end();
      return { input: () => {}, resize: () => {}, closed: () => {} };
    },
  };
  return { name: platform, example: '', variants: [], ssh: () => ({ asksInShell: true }), createModel: () => model };
}

function shellOf(
  recording: Recording,
  { line, speed, onProblem }: Pick<ShellOptions, 'line'> & Pick<ReplayLabOptions, 'speed' | 'onProblem'>,
): DeviceShell {
  const player = new Player(recording, {
    speed,
    say: (bytes) => line.write(Buffer.from(bytes).toString('latin1')),
    end: (problem) => {
      if (problem !== undefined) {
        // One character a byte: the message may hold others.
        line.write(Buffer.from(`\r\n% replay: ${problem}\r\n`).toString('latin1'));
        onProblem?.(problem);
      }
      line.end();
    },
  });
  // In a turn of its own: the servers join the line and the shell first.
  const begin = setImmediate(() => player.start());
  return {
    input: (text) => player.input(Buffer.from(text, 'latin1')),
    resize: () => {},
    closed: () => {
      clearImmediate(begin);
      player.stop();
    },
  };
}
