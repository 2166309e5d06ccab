import { quote } from '../base/index.js';
import type { Data } from './data.js';
import type { Device, SerialSettings, TransportName } from './device.js';
import { given, withAny } from './given.js';
import { hostProblem } from './host.js';
import { DEVICE_KEYS, SERIAL_KEY } from './keys.js';
import { entryOf, type Layer, type Layered, overLayer, partTable, rankOf, readPart, waysOf } from './layers.js';
import type { DeviceType } from './platform.js';
import type { RawDevice } from './raw.js';
import { type Reading, readText } from './read.js';
import { label, WRONG } from './values.js';

/** A device before its inventory has made sure that its name is the only one. */
export interface Unnamed {
  readonly name: string | undefined;
  readonly device: Omit<Device, 'name'>;
  readonly at: number;
}

export interface DeviceReading extends Reading {
  readonly deviceType: (name: string) => DeviceType;
}

/** What a device has from elsewhere, and which groups that were. */
export interface Inherited {
  readonly layer: Layer;
  readonly groups: readonly string[];
}

/** Where a device begins, what it is called, and what it has. */
interface Place extends Layered {
  readonly raw: RawDevice;
  readonly name: string | undefined;
}

const DEVICE_TABLE = partTable('a device', DEVICE_KEYS);

/** Reads one device; what is wrong is reported, and undefined returned when something is that a device must have. */
export function readDevice(
  raw: RawDevice,
  { inherited, data }: { readonly inherited: Inherited; readonly data?: Data | undefined },
  reading: DeviceReading,
): Unnamed | undefined {
  const own = readPart(raw.entries, { table: DEVICE_TABLE, data }, reading);
  const name = raw.name === undefined ? own.values.name : nameOf(raw, reading);
  const place: Place = { ...overLayer(own, inherited.layer), raw, name };
  const { values } = place;
  const type = readType(place, reading);
  const overSerial = type?.transport === 'serial';
  const host = hostOf(type?.transport, place, reading);
  if (type === undefined || host === undefined) return undefined;
  const device = given({
    host,
    port: overSerial ? undefined : values.port,
    ...type,
    username: values.username,
    password: values.password,
    secret: values.secret,
    ...waysOf(place),
    command: type.transport === 'process' ? values.command : undefined,
    commands: values.commands,
    credentials: values.credentials,
    terminalServer: values.terminal_server,
    serial: overSerial ? serialOf(place) : undefined,
    timeouts: withAny({ connectMs: values.conn_timeout, idleMs: values.read_timeout_override }),
    encoding: values.encoding,
    context: values.context,
    console: values.console,
    groups: inherited.groups.length === 0 ? undefined : inherited.groups,
    data: place.data,
    source: sourceOf(raw.at, reading),
  });
  return { name, device, at: raw.at };
}

function nameOf({ name = '', at }: RawDevice, reading: Reading): string | undefined {
  const read = readText(name, { key: 'the name of a device', at, kind: label }, reading);
  return read === WRONG ? undefined : read;
}

/** Where something was read; a program's value has no line. */
export function sourceOf(at: number, { problems }: Reading): Device['source'] {
  const { file, line, path } = problems.placeAt(at);
  return path === undefined ? { file, line } : undefined;
}

/** Where the device is: an address, the path of a line, or the program that is its command line. */
function hostOf(transport: TransportName | undefined, place: Place, reading: Reading): string | undefined {
  if (transport === 'serial') return serialPath(place, reading);
  const { command, host, ip } = place.values;
  if (transport !== 'process') {
    // A group's command is not meant where the device, or a group before it, says how it is reached.
    if (command !== undefined && rankOf(place, 'command') <= rankOf(place, 'transport')) {
      reading.problems.report(keyAt(place, 'command'), 'command goes with `transport: process` only');
    }
    return oneOfTwo(['host', 'ip'], place, reading) ?? hostByName(place, reading);
  }
  if (command?.[0] === undefined && !place.wrong.has('command')) {
    const example = 'command: [docker, exec, -it, r1, vtysh]';
    reading.problems.report(place.raw.at, `a device that is a program needs it: ${example}`);
  }
  return host ?? ip ?? command?.[0];
}

function hostByName({ raw, name, wrong }: Place, { problems }: Reading): string | undefined {
  if (!raw.nameIsHost || name === undefined || wrong.has('host') || wrong.has('ip')) return undefined;
  const problem = hostProblem(name);
  if (problem === undefined) return name;
  const shown = name.includes('@') ? 'its name' : `its name ${quote(name)}`;
  problems.report(raw.at, `a device needs host (or ip): ${shown} ${problem}`);
  return undefined;
}

type Twins = readonly ['host', 'ip'] | readonly ['device_type', 'platform'];

/** Two keys for one thing, of which a device needs one; both may stand there when they agree. */
function oneOfTwo(keys: Twins, place: Place, reading: Reading): string | undefined {
  const { values, wrong, raw } = place;
  const [first, second] = [values[keys[0]], values[keys[1]]];
  const isMissing = first === undefined && second === undefined && !wrong.has(keys[0]) && !wrong.has(keys[1]);
  if (isMissing && !(raw.nameIsHost && keys[0] === 'host')) {
    reading.problems.report(raw.at, `a device needs ${keys[0]} (or ${keys[1]})`);
  }
  if (first !== undefined && second !== undefined && first !== second) {
    reading.problems.report(keyAt(place, keys[1]), `${keys[0]} and ${keys[1]} differ; write one of them`);
  }
  return first ?? second;
}

function readType(place: Place, reading: DeviceReading) {
  const name = oneOfTwo(['device_type', 'platform'], place, reading);
  if (name === undefined) return undefined;
  const type = reading.deviceType(name);
  const typeKey = place.values.device_type === undefined ? 'platform' : 'device_type';
  if ('wrong' in type) {
    reading.problems.report(valueAt(place, typeKey), type.wrong);
    return undefined;
  }
  const wanted: TransportName | undefined = place.values.transport;
  if (wanted === undefined || type.transport === undefined || wanted === type.transport) {
    return { platform: type.platform, transport: wanted ?? type.transport ?? 'ssh' };
  }
  const closer = rankOf(place, 'transport') - rankOf(place, typeKey);
  if (closer === 0) {
    const message = `transport ${wanted} does not go with ${name}; write one of them`;
    reading.problems.report(valueAt(place, 'transport'), message);
  }
  return { platform: type.platform, transport: closer > 0 ? type.transport : wanted };
}

function serialOf({ serial }: Place): SerialSettings | undefined {
  if (serial === null || serial === undefined) return undefined;
  const { baudrate, bytesize, parity, stopbits } = serial;
  return given({ baudRate: baudrate, dataBits: bytesize, parity, stopBits: stopbits });
}

function serialPath({ serial, raw }: Place, { problems }: Reading): string | undefined {
  if (serial?.port === undefined) {
    problems.report(raw.at, `a device on a serial line needs its path: ${SERIAL_KEY}: { port: /dev/ttyUSB0 }`);
  }
  return serial?.port;
}

function keyAt(place: Place, wanted: string): number {
  return entryOf(place, wanted)?.keyAt ?? place.raw.at;
}

function valueAt(place: Place, wanted: string): number {
  return entryOf(place, wanted)?.valueAt ?? place.raw.at;
}
