import type { Parity, TransportName } from './device.js';
import type { Kinds } from './kinds.js';
import { listOf } from './nested.js';
import { password, secret } from './secrets.js';
import { encoding, flag, host, integer, label, line, oneOf, port, seconds, word } from './values.js';
import { CREDENTIALS, ROUTE_KEYS, SSH_KEYS, TERMINAL_SERVER } from './way-keys.js';

/** The keys of a device: netmiko's arguments that have a meaning here, and ours (`name`, `platform`, `transport`). */
export const DEVICE_KEYS = {
  name: label,
  host,
  ip: host,
  device_type: word,
  platform: word,
  transport: oneOf<TransportName>({ ssh: 'ssh', telnet: 'telnet', serial: 'serial', process: 'process' }),
  port,
  username: line,
  password,
  secret,
  ...SSH_KEYS,
  ...ROUTE_KEYS,
  command: listOf(line, (text) => [text]),
  commands: listOf(line, (text) => [text]),
  credentials: CREDENTIALS,
  terminal_server: TERMINAL_SERVER,
  conn_timeout: seconds,
  read_timeout_override: seconds,
  encoding,
  context: line,
  console: flag,
} as const satisfies Kinds;

const { name: _ofOneDevice, ...inherited } = DEVICE_KEYS;

/** The keys that the defaults may have, for every device. */
export const DEFAULTS_KEYS = inherited;

/** The most sessions at once that a group can be given. */
const MOST_SESSIONS = 100_000;

/** The keys that a group may have: those for its devices, and what limits the group as such. */
export const GROUP_KEYS = { ...inherited, max_sessions: integer(1, MOST_SESSIONS) } as const satisfies Kinds;

/** The key of a device that holds a mapping of its own, with pySerial's names. */
export const SERIAL_KEY = 'serial_settings';

export const SERIAL_KEYS = {
  port: line,
  baudrate: integer(1, 100_000_000),
  bytesize: integer(5, 8),
  parity: oneOf<Parity>({ N: 'none', E: 'even', O: 'odd', M: 'mark', S: 'space' }),
  stopbits: oneOf<number>({ '1': 1, '1.5': 1.5, '2': 2 }),
} as const satisfies Kinds;

/**
 * Arguments of pySerial's `Serial` that have no effect here.
 * Source: pySerial 3.5's API documentation, the parameters of `serial.Serial.__init__`.
 */
export const SERIAL_WITHOUT_EFFECT: ReadonlyMap<string, string | undefined> = new Map(
  ['timeout', 'xonxoff', 'rtscts', 'write_timeout', 'dsrdtr', 'inter_byte_timeout', 'exclusive'].map((key) => [
    key,
    undefined,
  ]),
);

/**
 * Arguments of netmiko that have no effect here, each with what does its work where something does.
 * Source: `BaseConnection.__init__` of netmiko 4.8.0, whose every argument is here or in `DEVICE_KEYS`.
 */
export const WITHOUT_EFFECT: ReadonlyMap<string, string | undefined> = new Map([
  ['verbose', undefined],
  ['global_delay_factor', undefined],
  ['global_cmd_verify', undefined],
  ['pkey', 'key_file'],
  ['disabled_algorithms', undefined],
  ['disable_sha2_fix', undefined],
  ['ssh_strict', '--host-keys strict'],
  ['system_host_keys', '~/.ssh/known_hosts, which is always read'],
  ['alt_host_keys', '--known-hosts'],
  ['alt_key_file', '--known-hosts'],
  ['auth_timeout', 'conn_timeout'],
  ['banner_timeout', 'conn_timeout'],
  ['blocking_timeout', 'read_timeout_override'],
  ['timeout', 'read_timeout_override'],
  ['session_timeout', undefined],
  ['default_enter', undefined],
  ['response_return', undefined],
  ['fast_cli', undefined],
  ['_legacy_mode', undefined],
  ['session_log', undefined],
  ['session_log_record_writes', undefined],
  ['session_log_file_mode', undefined],
  ['allow_auto_change', undefined],
  ['sock', undefined],
  ['sock_telnet', undefined],
  ['auto_connect', undefined],
  ['delay_factor_compat', undefined],
  ['disable_lf_normalization', undefined],
]);
