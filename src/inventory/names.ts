import { isIPv6 } from 'node:net';
import { quote } from '../base/index.js';
import type { Device, TransportName } from './device.js';
import type { Problems } from './problems.js';
import type { Unnamed } from './read-device.js';

const DEFAULT_PORTS: Readonly<Partial<Record<TransportName, number>>> = { ssh: 22, telnet: 23 };

/** The port of a device that names none. */
export const defaultPort = (transport: TransportName): number | undefined => DEFAULT_PORTS[transport];

/**
 * Gives each device its name: the file's, else its host, with the port where the host stands more than once.
 * A name that stands twice is reported.
 */
export function nameDevices(unnamed: readonly Unnamed[], problems: Problems): readonly Device[] {
  const hosts = new Map<string, number>();
  for (const { device } of unnamed) hosts.set(device.host, (hosts.get(device.host) ?? 0) + 1);
  const places = new Map<string, number>();
  return unnamed.map(({ name: own, device, at }) => {
    const name = own ?? ((hosts.get(device.host) ?? 0) > 1 ? withPort(device) : device.host);
    const before = places.get(name);
    if (before === undefined) places.set(name, at);
    else problems.report(at, twice(name, problems.lineFrom(before, at), own === undefined));
    return { name, ...device };
  });
}

function withPort({ host, port, transport }: Omit<Device, 'name'>): string {
  const shown = port ?? defaultPort(transport);
  if (shown === undefined) return host;
  return isIPv6(host) ? `[${host}]:${shown}` : `${host}:${shown}`;
}

function twice(name: string, line: string, byHost: boolean): string {
  const shown = quote(name);
  return byHost
    ? `the device ${shown} stands twice, first on ${line}; give each a name of its own (name: …)`
    : `the name ${shown} stands twice, first on ${line}`;
}
