import { checkMs, didYouMean, OptionError } from '../base/index.js';
import type { SimulatedPlatform } from './device.js';
import { speaking } from './dialect/index.js';
import * as dialects from './dialects/index.js';
import { FAULTS, type FaultName } from './faults.js';
import { ciscoIos } from './ios/index.js';
import type { DeviceSettings, DeviceSetup, LabOptions, LabTransport } from './settings.js';

const PLATFORMS: readonly SimulatedPlatform[] = [ciscoIos, ...Object.values(dialects).map(speaking)];

/** Returns the names of the platforms that a lab can simulate, sorted. */
export function labPlatformNames(): readonly string[] {
  return PLATFORMS.map(({ name }) => name).sort();
}

const SETTINGS = [
  ...['name', 'platform', 'transport', 'port', 'username', 'password', 'secret', 'privilege', 'latencyMs', 'commandMs'],
  ...['faults', 'faultAt', 'slowMs', 'hostKey', 'hostKeyTypes', 'algorithms', 'banner', 'motd', 'variant', 'clock'],
];
const LAB_SETTINGS = ['devices', 'lockAfter', 'host', 'stateDirectory', 'signal'];
const MOST_DEVICES = 60_000;

/** Returns a command that a simulated platform answers shortly. @throws OptionError for a name that is none. */
export function labExample(platform: string): string {
  return platformNamed(platform).example;
}

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
  known(options, [...SETTINGS, ...LAB_SETTINGS]);
  const first = whole('port', options.port ?? 0, { least: 0, most: 65_535 });
  if (first > 0 && first + each.length - 1 > 65_535) {
    throw new OptionError(`port ${first} leaves no room for ${each.length} devices: ports end at 65535`);
  }
  const made = each.map((own, index) => {
    known(own, SETTINGS);
    const port = own.port ?? (first && first + index);
    // What a device says of itself goes before what the lab says of all, in whichever of the two ways it says it.
    const transport = transportOf(own) ?? transportOf(options);
    return setup(index + 1, { ...options, ...given(own), port, transport });
  });
  const names = new Set<string>();
  for (const { name } of made) {
    if (names.has(name)) throw new OptionError(`devices must have names of their own; '${name}' stands twice`);
    names.add(name);
  }
  return made;
}

/** @throws OptionError. */
export function lockAfterOf({ lockAfter }: LabOptions): number | undefined {
  return lockAfter === undefined ? undefined : whole('lockAfter', lockAfter, { least: 1, most: 1000 });
}

function setup(number: number, settings: DeviceSettings): DeviceSetup {
  const platform = platformNamed(settings.platform ?? ciscoIos.name);
  return {
    number,
    platform,
    variant: variantOf(platform, settings.variant),
    clock: settings.clock,
    transport: settings.transport ?? 'ssh',
    name: deviceName(settings.name ?? `R${number}`),
    port: whole('port', settings.port ?? 0, { least: 0, most: 65_535 }),
    username: text('username', settings.username ?? 'cisco'),
    password: text('password', settings.password ?? 'cisco'),
    secret: text('secret', settings.secret ?? 'cisco'),
    privilege: oneOf('privilege', settings.privilege ?? 1, [1, 15]),
    latencyMs: checkMs('latencyMs', settings.latencyMs) ?? 0,
    commandMs: checkMs('commandMs', settings.commandMs) ?? 0,
    faults: faultsOf(settings.faults),
    faultAt: whole('faultAt', settings.faultAt ?? 1, { least: 1, most: 1e6 }),
    slowMs: checkMs('slowMs', settings.slowMs) ?? 5000,
    hostKey: oneOf('hostKey', settings.hostKey ?? 'shared', ['shared', 'own']),
    hostKeyTypes: (settings.hostKeyTypes ?? ['ed25519']).map((type) => oneOf('hostKeyTypes', type, ['ed25519', 'rsa'])),
    algorithms: settings.algorithms,
    banner: settings.banner === undefined ? undefined : text('banner', settings.banner),
    motd: settings.motd === undefined ? undefined : text('motd', settings.motd),
  };
}

/** Without the settings that are there and undefined: they must not hide the lab's. */
function given(settings: DeviceSettings): DeviceSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function transportOf({ transport, platform }: DeviceSettings): LabTransport | undefined {
  if (transport !== undefined) return oneOf('transport', transport, ['ssh', 'telnet']);
  return /_(ssh|telnet)$/.exec(String(platform))?.[1] as LabTransport | undefined;
}

function platformNamed(whole: string): SimulatedPlatform {
  const name = String(whole).replace(/_(ssh|telnet)$/, '');
  const platform = PLATFORMS.find((each) => each.name === name);
  if (platform !== undefined) return platform;
  const near = didYouMean(
    String(whole),
    labPlatformNames().flatMap((each) => [each, `${each}_telnet`]),
  );
  // The list is long: it is for those who are not near any name.
  const known = near === '' ? `one of ${labPlatformNames().join(', ')}, or one with _telnet` : 'one that the lab knows';
  throw new OptionError(`platform must be ${known}; got '${whole}'${near}`);
}

function variantOf({ name, variants }: SimulatedPlatform, variant: string | undefined): string | undefined {
  if (variant === undefined || variants.includes(variant)) return variant;
  const known = variants.length === 0 ? 'it has none' : `one of ${variants.join(', ')}`;
  throw new OptionError(`variant must be a manner of ${name} (${known}); got '${variant}'`);
}

/** Refuses a setting that is none: a misspelt one would be left out without a word. */
function known(settings: object, names: readonly string[]): void {
  if (typeof settings !== 'object' || settings === null) {
    throw new OptionError(`the settings of a device must be an object; got ${String(settings)}`);
  }
  for (const name of Object.keys(settings)) {
    if (!names.includes(name)) throw new OptionError(`a lab has no setting '${name}'${didYouMean(name, names)}`);
  }
}

function text(name: string, value: string): string {
  if (typeof value === 'string') return value;
  throw new OptionError(`${name} must be a text; got a ${typeof value}`);
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
