import type { Device, SerialSettings, TransportName } from './device.js';
import { given, withAny } from './given.js';
import { DEVICE_KEYS, SERIAL_KEY, SERIAL_KEYS, SERIAL_WITHOUT_EFFECT, WITHOUT_EFFECT } from './keys.js';
import { type Entry, look } from './node.js';
import type { DeviceType } from './platform.js';
import { type Read, type Reading, readKeys } from './read.js';
import { routeOf, sshOf } from './way-keys.js';

/** A device before its inventory has made sure that its name is the only one. */
export interface Unnamed {
  readonly name: string | undefined;
  readonly device: Omit<Device, 'name'>;
  readonly at: number;
}

export interface DeviceReading extends Reading {
  readonly deviceType: (name: string) => DeviceType;
}

/** The mapping of one device: what is in it and where it begins. */
interface Place {
  readonly entries: readonly Entry[];
  readonly at: number;
}

interface Serial {
  readonly path?: string | undefined;
  readonly settings: SerialSettings;
}

type DeviceRead = Read<typeof DEVICE_KEYS>;

const DEVICE_TABLE = { of: 'a device', kinds: DEVICE_KEYS, withoutEffect: WITHOUT_EFFECT, others: [SERIAL_KEY] };
const SERIAL_TABLE = { of: SERIAL_KEY, kinds: SERIAL_KEYS, withoutEffect: SERIAL_WITHOUT_EFFECT };

/** Reads one mapping; what is wrong is reported, and undefined returned when something is that a device must have. */
export function readDevice(place: Place, reading: DeviceReading): Unnamed | undefined {
  const read = readKeys(place.entries, DEVICE_TABLE, reading);
  const { values } = read;
  const type = readType(read, place, reading);
  const serial = readSerial(place, reading);
  const overSerial = type?.transport === 'serial';
  const host = hostOf(type?.transport, { read, serial, place }, reading);
  if (type === undefined || host === undefined) return undefined;
  const device = given({
    host,
    port: overSerial ? undefined : values.port,
    ...type,
    username: values.username,
    password: values.password,
    secret: values.secret,
    ssh: sshOf(values),
    route: routeOf(values),
    command: values.command,
    commands: values.commands,
    credentials: values.credentials,
    terminalServer: values.terminal_server,
    serial: overSerial ? serial?.settings : undefined,
    timeouts: withAny({ connectMs: values.conn_timeout, idleMs: values.read_timeout_override }),
    encoding: values.encoding,
    context: values.context,
    console: values.console,
    source: sourceOf(place.at, reading),
  });
  return { name: values.name, device, at: place.at };
}

function sourceOf(at: number, { problems }: Reading): Device['source'] {
  const { file, line } = problems.placeAt(at);
  return { file, line };
}

interface Parts {
  readonly read: DeviceRead;
  readonly serial: Serial | undefined;
  readonly place: Place;
}

/** Where the device is: an address, the path of a line, or the program that is its command line. */
function hostOf(transport: TransportName | undefined, { read, serial, place }: Parts, reading: Reading) {
  if (transport === 'serial') return serialPath(serial, place, reading);
  const { command, host, ip } = read.values;
  if (transport !== 'process') {
    if (command !== undefined) {
      reading.problems.report(keyAt(place, 'command'), 'command goes with `transport: process` only');
    }
    return oneOfTwo(['host', 'ip'], read, place, reading);
  }
  if (command?.[0] === undefined && !read.wrong.has('command')) {
    reading.problems.report(place.at, 'a device that is a program needs it: command: [docker, exec, -it, r1, vtysh]');
  }
  return host ?? ip ?? command?.[0];
}

type Twins = readonly ['host', 'ip'] | readonly ['device_type', 'platform'];

/** Two keys for one thing, of which a device needs one; both may stand there when they agree. */
function oneOfTwo(keys: Twins, { values, wrong }: DeviceRead, place: Place, reading: Reading): string | undefined {
  const [first, second] = [values[keys[0]], values[keys[1]]];
  if (first === undefined && second === undefined && !wrong.has(keys[0]) && !wrong.has(keys[1])) {
    reading.problems.report(place.at, `a device needs ${keys[0]} (or ${keys[1]})`);
  }
  if (first !== undefined && second !== undefined && first !== second) {
    reading.problems.report(keyAt(place, keys[1]), `${keys[0]} and ${keys[1]} differ; write one of them`);
  }
  return first ?? second;
}

function readType(read: DeviceRead, place: Place, reading: DeviceReading) {
  const name = oneOfTwo(['device_type', 'platform'], read, place, reading);
  if (name === undefined) return undefined;
  const type = reading.deviceType(name);
  const wanted: TransportName | undefined = read.values.transport;
  if ('wrong' in type) {
    reading.problems.report(
      valueAt(place, read.values.device_type === undefined ? 'platform' : 'device_type'),
      type.wrong,
    );
    return undefined;
  }
  if (wanted !== undefined && type.transport !== undefined && wanted !== type.transport) {
    reading.problems.report(
      valueAt(place, 'transport'),
      `transport ${wanted} does not go with ${name}; write one of them`,
    );
  }
  return { platform: type.platform, transport: wanted ?? type.transport ?? 'ssh' };
}

function readSerial(place: Place, reading: Reading): Serial | undefined {
  const entry = place.entries.find(({ key }) => key === SERIAL_KEY);
  if (entry === undefined) return undefined;
  const seen = look(entry.value);
  if (seen.kind === 'nothing' || seen.kind === 'broken') return undefined;
  if (seen.kind !== 'map') {
    reading.problems.report(entry.valueAt, `${SERIAL_KEY} must be a mapping, such as { port: /dev/ttyUSB0 }`);
    return undefined;
  }
  const { port, baudrate, bytesize, parity, stopbits } = readKeys(seen.entries, SERIAL_TABLE, reading).values;
  return { path: port, settings: given({ baudRate: baudrate, dataBits: bytesize, parity, stopBits: stopbits }) };
}

function serialPath(serial: Serial | undefined, place: Place, { problems }: Reading): string | undefined {
  if (serial?.path === undefined) {
    problems.report(place.at, `a device on a serial line needs its path: ${SERIAL_KEY}: { port: /dev/ttyUSB0 }`);
  }
  return serial?.path;
}

function keyAt({ entries, at }: Place, wanted: string): number {
  return entries.find(({ key }) => key === wanted)?.keyAt ?? at;
}

function valueAt({ entries, at }: Place, wanted: string): number {
  return entries.find(({ key }) => key === wanted)?.valueAt ?? at;
}
