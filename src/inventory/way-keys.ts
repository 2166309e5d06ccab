import type {
  Credential,
  JumpSettings,
  RouteSettings,
  SocksSettings,
  SshSettings,
  TerminalServerSettings,
} from './device.js';
import { given, withAny } from './given.js';
import { hostProblem } from './host.js';
import type { Kinds, Values } from './kinds.js';
import { list, listOf, mapping } from './nested.js';
import { password, secret } from './secrets.js';
import { address, flag, host, line, networkDevice, oneOf, path, port, secondsOrNone, Wrong, word } from './values.js';

const commas = (text: string): readonly string[] => text.split(',').map((part) => part.trim());
const none: ReadonlyMap<string, undefined> = new Map();

/** What SSH alone needs to know, of a device and of a host on the way to it. */
export const SSH_KEYS = {
  use_keys: flag,
  key_file: listOf(path, (text) => [text]),
  passphrase: secret,
  certificate_file: path,
  identities_only: flag,
  allow_agent: flag,
  agent_socket: path,
  host_key_alias: line,
  legacy_algorithms: listOf(line, commas),
  keepalive: secondsOrNone,
  ssh_config_file: { ...path, read: (text: string) => (text.toLowerCase() === 'none' ? 'none' : path.read(text)) },
} as const satisfies Kinds;

/** Returns what those keys say of SSH; undefined when none of them is there. */
export function sshOf(values: Values<typeof SSH_KEYS>): SshSettings | undefined {
  return withAny({
    keyFile: values.key_file,
    passphrase: values.passphrase,
    certificateFile: values.certificate_file,
    useKeys: values.use_keys,
    identitiesOnly: values.identities_only,
    allowAgent: values.allow_agent,
    agentSocket: values.agent_socket,
    hostKeyAlias: values.host_key_alias,
    legacyAlgorithms: values.legacy_algorithms,
    keepaliveMs: values.keepalive,
    configFile: values.ssh_config_file,
  });
}

const JUMP_KEYS = { host, port, username: line, password, ...SSH_KEYS } as const satisfies Kinds;
const JUMP_TABLE = { of: 'a jump host', kinds: JUMP_KEYS, withoutEffect: none };

function jumpOf(values: Values<typeof JUMP_KEYS>): JumpSettings | Wrong {
  const { host, port, username, password } = values;
  if (host === undefined) return new Wrong('needs a host for each jump host');
  return given({ host, port, username, password, ssh: sshOf(values) });
}

/** `user@host:port`, as ssh's -J takes it; of an IPv6 address the brackets go. */
function shortJump(text: string): JumpSettings | Wrong {
  const [, username, bracketed, plain, digits] =
    /^(?:([^@\s]+)@)?(?:\[([^\]]+)\]|([^\s:@]+))(?::(\d+))?$/.exec(text) ?? [];
  if (/^[^@]*:.*@/.test(text)) {
    // No message shows it: what stands behind the colon is somebody's password.
    return new Wrong('takes no password here: write a mapping with host, username and password', false);
  }
  const name = bracketed ?? plain ?? '';
  const number = digits === undefined ? undefined : port.read(digits);
  if (hostProblem(name) !== undefined || number instanceof Wrong) {
    return new Wrong('must be hosts such as bastion.example.net, ops@bastion:2222, or mappings with host');
  }
  return given({ host: name, port: number, username });
}

/** A chain in one text, as ssh_config(5) has it in ProxyJump; `none` is a way without any. */
function shortJumps(text: string): readonly JumpSettings[] | Wrong {
  if (text.toLowerCase() === 'none') return [];
  const hops: JumpSettings[] = [];
  for (const part of commas(text)) {
    const hop = shortJump(part);
    if (hop instanceof Wrong) return hop;
    hops.push(hop);
  }
  return hops;
}

const SOCKS_KEYS = { host, port, username: line, password } as const satisfies Kinds;
const SOCKS_TABLE = { of: 'a SOCKS proxy', kinds: SOCKS_KEYS, withoutEffect: none };

function socksOf({ host, ...rest }: Values<typeof SOCKS_KEYS>): SocksSettings | Wrong {
  return host === undefined ? new Wrong('needs a host') : given({ host, ...rest });
}

function shortSocks(text: string): SocksSettings | Wrong {
  const proxy = shortJump(text.replace(/^socks5h?:\/\//i, ''));
  if (proxy instanceof Wrong || proxy.username !== undefined) {
    return new Wrong('must be host:port, or a mapping with host, port, username and password');
  }
  return proxy;
}

/** What a connection goes through on its way. */
export const ROUTE_KEYS = {
  jump: list(mapping(JUMP_TABLE, jumpOf, shortJump), shortJumps),
  proxy_command: line,
  socks: mapping(SOCKS_TABLE, socksOf, shortSocks),
  source_address: address,
  network_device: networkDevice,
  address_family: oneOf<4 | 6 | 0>({ '4': 4, inet: 4, '6': 6, inet6: 6, any: 0 }),
} as const satisfies Kinds;

/** Returns the way that those keys describe; undefined when it is straight. */
export function routeOf(values: Values<typeof ROUTE_KEYS>): RouteSettings | undefined {
  return withAny({
    jump: values.jump,
    proxyCommand: values.proxy_command,
    socks: values.socks,
    sourceAddress: values.source_address,
    networkDevice: values.network_device,
    addressFamily: values.address_family === 0 ? undefined : values.address_family,
  });
}

const CREDENTIAL_KEYS = {
  username: line,
  password,
  secret,
  key_file: SSH_KEYS.key_file,
  passphrase: secret,
  certificate_file: SSH_KEYS.certificate_file,
} as const satisfies Kinds;
const CREDENTIAL_TABLE = { of: 'a credential', kinds: CREDENTIAL_KEYS, withoutEffect: none };

/** Further credentials of a device, in the order in which they are tried. */
export const CREDENTIALS = list(
  mapping(CREDENTIAL_TABLE, ({ username, password, secret, ...keys }): Credential | Wrong => {
    const { key_file: keyFile, passphrase, certificate_file: certificateFile } = keys;
    const ssh = withAny({ keyFile, passphrase, certificateFile });
    return withAny({ username, password, secret, ssh }) ?? new Wrong('needs a username, a password or a key_file');
  }),
);

const SERVER_KEYS = { username: line, password, secret, platform: word, command: line } as const satisfies Kinds;
const SERVER_TABLE = { of: 'terminal_server', kinds: SERVER_KEYS, withoutEffect: none };

/** The login in front of the device's own. */
export const TERMINAL_SERVER = mapping(SERVER_TABLE, (values): TerminalServerSettings => given(values));
