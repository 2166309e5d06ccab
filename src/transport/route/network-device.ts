import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { got, OptionError } from '../../base/index.js';
import type { Target } from './carrier.js';
import { Connector } from './connector.js';
import { connectTcp, type TcpOptions } from './tcp.js';

const DEVICES = '/sys/class/net';

/**
 * Opens a TCP connection that leaves by a VRF, or from the address of a network device, of this Linux machine.
 * @throws as connectTcp; OptionError where there is no such device; UnreachableError where `ip vrf exec` is not allowed.
 */
export function connectFrom(device: string, target: Target, options: TcpOptions): Promise<Socket> {
  check(device);
  if (isVrf(device)) return Connector.for(['ip', 'vrf', 'exec', device]).connect(target, options);
  const { sources = [] } = options;
  return connectTcp(target.host, target.port, {
    ...options,
    sources: sources.length > 0 ? sources : addressesOf(device),
  });
}

function check(device: string): void {
  const wrong = (expected: string): never => {
    throw new OptionError(`route.networkDevice ${expected}; got ${got(device)}`, { phase: 'connect' });
  };
  if (process.platform !== 'linux') wrong('is for Linux only (elsewhere: route.sourceAddress)');
  // A name of the kernel's: it becomes part of a path and of a command's arguments.
  if (!/^[^-\s/.][^\s/]{0,14}$/.test(device)) wrong('must be the name of a VRF or network device');
  if (existsSync(join(DEVICES, device))) return;
  const there = existsSync(DEVICES) ? readdirSync(DEVICES).sort().join(', ') : 'none';
  wrong(`must be a VRF or network device of this machine (${there})`);
}

/** The kernel says of each device what kind it is (Documentation/ABI/testing/sysfs-class-net). */
function isVrf(device: string): boolean {
  try {
    return /^DEVTYPE=vrf$/m.test(readFileSync(join(DEVICES, device, 'uevent'), 'utf8'));
  } catch {
    return false;
  }
}

/** One of each family; one that is good beyond the link where there is one. */
function addressesOf(device: string): string[] {
  const all = networkInterfaces()[device] ?? [];
  const found = (['IPv4', 'IPv6'] as const).flatMap((family) => {
    const its = all.filter((one) => one.family === family);
    const best = its.find(({ address }) => !/^fe[89ab]/i.test(address)) ?? its[0];
    return best === undefined ? [] : [best.address];
  });
  if (found.length > 0) return found;
  const says = `route.networkDevice ${device} has no address to come from, or is down`;
  throw new OptionError(says, { phase: 'connect' });
}
