import type { RunDevice } from '../result.js';

/** What the way to a device is known by. A device of a program's own may have none of it. */
interface PlacedDevice extends RunDevice {
  readonly host?: unknown;
  readonly port?: unknown;
  readonly transport?: unknown;
  readonly route?: {
    readonly jump?: readonly Stop[];
    readonly socks?: Stop;
    readonly proxyCommand?: string;
  };
  readonly terminalServer?: { readonly command?: string };
  readonly groups?: readonly string[];
}

/** A server on the way. */
interface Stop {
  readonly host: string;
  readonly port?: number | undefined;
}

const PORTS: Readonly<Record<string, number>> = { ssh: 22, telnet: 23 };

const addressOf = (host: string, port: unknown): string => {
  const name = host.toLowerCase();
  const shown = name.includes(':') ? `[${name}]` : name;
  return port === undefined ? shown : `${shown}:${port}`;
};

const stopOf = ({ host, port }: Stop, usual: number): string => addressOf(host, port ?? usual);

/**
 * What makes two entries of an inventory the same box: transport, host, port and the way there. So two contexts of one
 * firewall take turns, and two sites that use the same addresses behind different jump hosts do not.
 */
export function deviceKeys(device: RunDevice): readonly string[] {
  const { host, port, transport = 'ssh', route, terminalServer } = device as PlacedDevice;
  // A program of this machine may run as often as one likes; what has no address is nothing that we could count.
  if (typeof host !== 'string' || transport === 'process') return [];
  const box = `device ${transport} ${addressOf(host, port ?? PORTS[String(transport)])}`;
  if (route === undefined && terminalServer === undefined) return [box];
  const { jump = [], socks, proxyCommand } = route ?? {};
  const way = [
    ...jump.map((stop) => stopOf(stop, 22)),
    ...(socks === undefined ? [] : [stopOf(socks, 1080)]),
    ...[proxyCommand, terminalServer?.command].filter((text) => text !== undefined),
  ];
  return [way.length === 0 ? box : `${box} via ${way.join(', ')}`];
}

/**
 * The server that all connections of a device go through first: its first jump host, its SOCKS proxy, or the terminal
 * server that it is behind. What ssh_config alone names is not known here.
 */
export function bastionKeys(device: RunDevice): readonly string[] {
  const { host, route, terminalServer } = device as PlacedDevice;
  const [first] = route?.jump ?? [];
  if (first !== undefined) return [`bastion ${stopOf(first, 22)}`];
  if (route?.socks !== undefined) return [`bastion ${stopOf(route.socks, 1080)}`];
  if (terminalServer === undefined || typeof host !== 'string') return [];
  // Without its port: each of its lines may have one, and it is one server.
  return [`bastion ${addressOf(host, undefined)}`];
}

const GROUP = 'group ';

/** Returns what tells a device's groups, of those that have a limit. */
export function groupKeysOf(limits: ReadonlyMap<string, number>): (device: RunDevice) => readonly string[] {
  return (device) => {
    const { groups = [] } = device as PlacedDevice;
    return groups.filter((name, at) => limits.has(name) && groups.indexOf(name) === at).map((name) => GROUP + name);
  };
}

/** The group whose key that is. */
export const groupOf = (key: string): string => key.slice(GROUP.length);
