import { checkMs, didYouMean, OptionError } from '../base/index.js';
import type { SimulatedPlatform } from './device.js';
import { FAULTS, type FaultName } from './faults.js';
import type { HostKeyType } from './host-keys.js';
import { ciscoIos } from './ios/index.js';
import type { SshAlgorithms } from './ssh2-server.js';

/** How a simulated device is reached. */
export type LabTransport = 'ssh' | 'telnet';

const PLATFORMS: readonly SimulatedPlatform[] = [ciscoIos];

/** What can be set for one simulated device, or for all of a lab; what is not set has the default. */
export interface DeviceSettings {
  /** Its name in the inventory, and its host name; default R1, R2, … */
  readonly name?: string | undefined;
  /** `cisco_ios` (default), or `cisco_ios_telnet`, which also sets the transport. */
  readonly platform?: string | undefined;
  /** Default ssh. */
  readonly transport?: LabTransport | undefined;
  /** 0 is any free port; default the lab's `port` plus the device's place in the list. */
  readonly port?: number | undefined;
  /** Default cisco, as are the password and the secret; an empty secret means that the device has none. */
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly secret?: string | undefined;
  /** The level at login: 1 (default) is `R1>`, 15 is `R1#`. */
  readonly privilege?: 1 | 15 | undefined;
  /** The round trip of the line in ms, connect included; default 0. */
  readonly latencyMs?: number | undefined;
  /** The time in ms that the device itself takes for a command; default 0. */
  readonly commandMs?: number | undefined;
  /** What it does wrong; default nothing. */
  readonly faults?: readonly FaultName[] | undefined;
  /** Which answer of a conversation a fault is about: 1 (default) is the first that has any text. */
  readonly faultAt?: number | undefined;
  /** How many ms longer the fault `slow` makes a command; default 5000. */
  readonly slowMs?: number | undefined;
  /** Whether it has the SSH host key of all devices (`shared`, the default) or its `own`. */
  readonly hostKey?: 'shared' | 'own' | undefined;
  /** The kinds of host key that it has; default ed25519 alone. */
  readonly hostKeyTypes?: readonly HostKeyType[] | undefined;
  /** The algorithms that its SSH server offers; default ssh2's own. */
  readonly algorithms?: SshAlgorithms | undefined;
  /** Printed before login, and after it. */
  readonly banner?: string | undefined;
  readonly motd?: string | undefined;
}

/** What a lab is made of: every setting of a device, for all that do not set it themselves, and the lab's own. */
export interface LabOptions extends Omit<DeviceSettings, 'name'> {
  /** How many devices, or the settings of each. */
  readonly devices: number | readonly DeviceSettings[];
  /** The first port, the next devices have the next ones; 0 (default) gives each any free one. */
  readonly port?: number | undefined;
  /** The address to listen on; default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Where host keys are kept; default `$XDG_STATE_HOME/rollcall/lab` (on Windows under `%LOCALAPPDATA%`). */
  readonly stateDirectory?: string | undefined;
  /** Closes the lab when it aborts. */
  readonly signal?: AbortSignal | undefined;
}

/** The settings of one device with nothing left open. */
export interface DeviceSetup {
  readonly number: number;
  readonly name: string;
  readonly platform: SimulatedPlatform;
  readonly transport: LabTransport;
  readonly port: number;
  readonly username: string;
  readonly password: string;
  readonly secret: string;
  readonly privilege: 1 | 15;
  readonly latencyMs: number;
  readonly commandMs: number;
  readonly faults: readonly FaultName[];
  readonly faultAt: number;
  readonly slowMs: number;
  readonly hostKey: 'shared' | 'own';
  readonly hostKeyTypes: readonly HostKeyType[];
  readonly algorithms: SshAlgorithms | undefined;
  readonly banner: string | undefined;
  readonly motd: string | undefined;
}

const MOST_DEVICES = 60_000;

/** Checks everything, and returns each device's settings in full. */
export function setups(options: LabOptions): DeviceSetup[] {
  const { devices } = options;
  if (typeof devices === 'number') {
    whole('devices', devices, { least: 1, most: MOST_DEVICES });
  } else if (!Array.isArray(devices) || devices.length === 0) {
    throw new OptionError(`devices must be a number or a list of settings; got ${String(devices)}`);
  }
  const each: readonly DeviceSettings[] =
    typeof devices === 'number' ? Array.from({ length: devices }, () => ({})) : devices;
  const first = whole('port', options.port ?? 0, { least: 0, most: 65_535 });
  if (first > 0 && first + each.length - 1 > 65_535) {
    throw new OptionError(`port ${first} leaves no room for ${each.length} devices: ports end at 65535`);
  }
  const made = each.map((own, index) =>
    setup(index + 1, { ...options, ...given(own), port: own.port ?? (first && first + index) }),
  );
  const names = new Set<string>();
  for (const { name } of made) {
    if (names.has(name)) throw new OptionError(`devices must have names of their own; '${name}' stands twice`);
    names.add(name);
  }
  return made;
}

function setup(number: number, settings: DeviceSettings): DeviceSetup {
  const { platform, transport } = platformOf(settings);
  return {
    number,
    platform,
    transport,
    name: deviceName(settings.name ?? `R${number}`),
    port: whole('port', settings.port ?? 0, { least: 0, most: 65_535 }),
    username: settings.username ?? 'cisco',
    password: settings.password ?? 'cisco',
    secret: settings.secret ?? 'cisco',
    privilege: oneOf('privilege', settings.privilege ?? 1, [1, 15]),
    latencyMs: checkMs('latencyMs', settings.latencyMs) ?? 0,
    commandMs: checkMs('commandMs', settings.commandMs) ?? 0,
    faults: faultsOf(settings.faults),
    faultAt: whole('faultAt', settings.faultAt ?? 1, { least: 1, most: 1e6 }),
    slowMs: checkMs('slowMs', settings.slowMs) ?? 5000,
    hostKey: oneOf('hostKey', settings.hostKey ?? 'shared', ['shared', 'own']),
    hostKeyTypes: (settings.hostKeyTypes ?? ['ed25519']).map((type) => oneOf('hostKeyTypes', type, ['ed25519', 'rsa'])),
    algorithms: settings.algorithms,
    banner: settings.banner,
    motd: settings.motd,
  };
}

/** Without the settings that are there and undefined: they must not hide the lab's. */
function given(settings: DeviceSettings): DeviceSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function platformOf(settings: DeviceSettings): { platform: SimulatedPlatform; transport: LabTransport } {
  const whole = settings.platform ?? ciscoIos.name;
  const [, name, suffix] = /^(.*?)(?:_(ssh|telnet))?$/.exec(whole) ?? [];
  const platform = PLATFORMS.find((each) => each.name === name);
  if (platform === undefined) {
    const names = PLATFORMS.flatMap((each) => [each.name, `${each.name}_telnet`]);
    throw new OptionError(`platform must be one of ${names.join(', ')}; got '${whole}'${didYouMean(whole, names)}`);
  }
  const byName = suffix === undefined ? 'ssh' : (suffix as LabTransport);
  const transport = oneOf<LabTransport>('transport', settings.transport ?? byName, ['ssh', 'telnet']);
  return { platform, transport };
}

function deviceName(name: string): string {
  if (typeof name === 'string' && /^[A-Za-z0-9_][\w.-]{0,62}$/.test(name)) return name;
  throw new OptionError(
    `name must be a host name of letters, digits, dots, dashes and underscores; got '${String(name)}'`,
  );
}

function faultsOf(names: readonly FaultName[] = []): readonly FaultName[] {
  const known = Object.keys(FAULTS);
  for (const name of names) {
    if (known.includes(name)) continue;
    const near = didYouMean(String(name), known);
    throw new OptionError(`faults must be names from ${known.join(', ')}; got '${String(name)}'${near}`);
  }
  return names;
}

function whole(name: string, value: number, { least, most }: { least: number; most: number }): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new OptionError(`${name} must be a whole number from ${least} to ${most}; got ${String(value)}`);
}

function oneOf<T>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new OptionError(`${name} must be one of ${allowed.join(', ')}; got '${String(value)}'`);
}
