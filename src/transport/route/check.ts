import { isIP } from 'node:net';
import { checkKind, checkNames, got, OptionError, Secret } from '../../base/index.js';
import { checkSsh } from '../ssh/check.js';
import type { JumpHost, RouteOptions, SocksProxy } from '../target.js';

const NAMES: readonly (keyof RouteOptions)[] = [
  ...(['jump', 'proxyCommand', 'socks', 'sourceAddress', 'networkDevice', 'addressFamily'] as const),
];
const JUMP_NAMES: readonly (keyof JumpHost)[] = ['host', 'port', 'username', 'password', 'ssh'];
const SOCKS_NAMES: readonly (keyof SocksProxy)[] = ['host', 'port', 'username', 'password'];

/** RFC 1929, section 2: each has one byte for its length. */
const SOCKS_BYTES = 255;

/** Checks what a route says, for callers without types and files of inventories. @throws OptionError. */
export function checkRoute(route: RouteOptions | undefined): void {
  if (route === undefined) return;
  checkNames('route', route, NAMES);
  const { jump = [], proxyCommand, socks, sourceAddress, networkDevice, addressFamily } = route;
  if (!Array.isArray(jump)) wrong('route.jump', 'a list of SSH hosts', jump);
  for (const [index, host] of jump.entries()) checkHost(`route.jump[${index}]`, host, JUMP_NAMES);
  if (socks !== undefined) checkSocks(socks);
  checkKind('route.proxyCommand', proxyCommand, 'string');
  checkKind('route.networkDevice', networkDevice, 'string');
  const ways = { jump: jump.length > 0, proxyCommand: proxyCommand !== undefined, socks: socks !== undefined };
  const given = Object.entries(ways).flatMap(([name, is]) => (is ? [`route.${name}`] : []));
  if (given.length > 1) throw new OptionError(`only one of these can be the way; got ${given.join(' and ')}`);
  if (addressFamily !== undefined && addressFamily !== 4 && addressFamily !== 6) {
    wrong('route.addressFamily', '4 or 6', addressFamily);
  }
  if (sourceAddress === undefined) return;
  const family = typeof sourceAddress === 'string' ? isIP(sourceAddress) : 0;
  if (family === 0) wrong('route.sourceAddress', 'an IPv4 or IPv6 address', sourceAddress);
  if (addressFamily !== undefined && addressFamily !== family) {
    wrong('route.sourceAddress', `an IPv${addressFamily} address, as route.addressFamily says`, sourceAddress);
  }
}

function checkHost(name: string, value: JumpHost | SocksProxy, names: readonly string[]): void {
  checkNames(name, value, names);
  const { host, port, username, password } = value;
  if (typeof host !== 'string' || host.trim() === '') wrong(`${name}.host`, 'a name or an address', host);
  if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
    wrong(`${name}.port`, 'a whole number from 1 to 65535', port);
  }
  checkKind(`${name}.username`, username, 'string');
  checkSecret(`${name}.password`, password);
  if ('ssh' in value) checkSsh(`${name}.ssh`, value.ssh);
}

function checkSocks(socks: SocksProxy): void {
  checkHost('route.socks', socks, SOCKS_NAMES);
  const { username, password } = socks;
  for (const [name, text] of Object.entries({ username, password: password?.reveal() })) {
    if (text === undefined) continue;
    const bytes = Buffer.byteLength(text);
    if (bytes > 0 && bytes <= SOCKS_BYTES) continue;
    throw new OptionError(`route.socks.${name} must have 1 to ${SOCKS_BYTES} bytes; it has ${bytes}`);
  }
}

function checkSecret(name: string, value: unknown): void {
  // The value is not shown: it may well be the password itself.
  if (value !== undefined && !Secret.is(value)) wrong(name, 'a Secret (new Secret(text))', typeof value);
}

function wrong(name: string, expected: string, value: unknown): never {
  throw new OptionError(`${name} must be ${expected}; got ${got(value)}`);
}
