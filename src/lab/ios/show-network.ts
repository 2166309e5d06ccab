import { hexadecimal, networkOf, prefixLength, toNumber } from './addresses.js';
import type { IosDevice } from './device.js';
import type { Answer, Call, IosSession } from './session.js';

/** One interface, as the configuration has it. */
interface Port {
  readonly name: string;
  readonly description: string;
  readonly address: string | undefined;
  readonly mask: string | undefined;
  readonly shut: boolean;
  readonly saved: boolean;
}

function ports(device: IosDevice): Port[] {
  return device.running.interfaces.map((name) => {
    const section = `interface ${name}`;
    const [address, mask] = device.running.value('ip address', section)?.split(' ') ?? [];
    return {
      name,
      description: device.running.value('description', section) ?? '',
      address: address === 'dhcp' ? undefined : address,
      mask,
      shut: device.running.lines(section).includes('shutdown'),
      saved: device.startup?.includes(`${section}\n`) ?? false,
    };
  });
}

export function showIpInterfaceBrief({ device }: IosSession): Answer {
  const row = (name: string, address: string, ok: string, method: string, status: string, protocol: string): string =>
    `${name.padEnd(27)}${address.padEnd(16)}${ok.padEnd(4)}${method.padEnd(7)}${status.padEnd(22)}${protocol.padEnd(8)}`;
  return [
    row('Interface', 'IP-Address', 'OK?', 'Method', 'Status', 'Protocol').trimEnd(),
    ...ports(device).map(({ name, address, shut, saved }) => {
      const method = saved ? 'NVRAM' : address === undefined ? 'unset' : 'manual';
      const [status, protocol] = shut ? ['administratively down', 'down'] : ['up', 'up'];
      return row(name, address ?? 'unassigned', 'YES', method, status, protocol);
    }),
  ];
}

/** `Ethernet0/0` is `Et0/0` in the tables. */
const short = (name: string): string => name.replace(/^(..)\D*/, '$1');

export function showInterfacesDescription({ device }: IosSession): Answer {
  const row = (name: string, status: string, protocol: string, description: string): string =>
    `${name.padEnd(31)}${status.padEnd(15)}${protocol.padEnd(9)}${description}`.trimEnd();
  return [
    row('Interface', 'Status', 'Protocol', 'Description'),
    ...ports(device).map(({ name, shut, description }) =>
      row(short(name), shut ? 'admin down' : 'up', shut ? 'down' : 'up', description),
    ),
  ];
}

export function showInterfaces(session: IosSession, { args }: Call): Answer {
  const all = ports(session.device);
  const wanted = args[0] === undefined ? all : all.filter(({ name }) => name === args[0]);
  if (wanted.length === 0) return ['% Invalid interface type and number', ''];
  return wanted.flatMap((port) => oneInterface(session.device, port));
}

function oneInterface(device: IosDevice, { name, description, address, mask, shut }: Port): string[] {
  const virtual = name.startsWith('Loopback');
  const index = Number(/\d+$/.exec(name)?.[0] ?? 0) % 10;
  const state = shut ? 'administratively down, line protocol is down' : 'up, line protocol is up';
  const mac = device.facts.mac(index);
  return [
    `${name} is ${state} `,
    virtual ? '  Hardware is Loopback' : `  Hardware is AmdP2, address is ${mac} (bia ${mac})`,
    ...(description === '' ? [] : [`  Description: ${description}`]),
    ...(address === undefined ? [] : [`  Internet address is ${address}/${prefixLength(mask ?? '') ?? 32}`]),
    `  MTU ${virtual ? 1514 : 1500} bytes, BW ${virtual ? 8000000 : 10000} Kbit/sec, DLY ${virtual ? 5000 : 1000} usec, `,
    '     reliability 255/255, txload 1/255, rxload 1/255',
    `  Encapsulation ${virtual ? 'LOOPBACK' : 'ARPA'}, loopback not set`,
    '  5 minute input rate 0 bits/sec, 0 packets/sec',
    '  5 minute output rate 0 bits/sec, 0 packets/sec',
    `     ${virtual || shut ? 0 : 1000 + device.profile.number} packets input, 0 bytes, 0 no buffer`,
    '     0 input errors, 0 CRC, 0 frame, 0 overrun, 0 ignored',
  ];
}

export function showIpRoute({ device }: IosSession): Answer {
  const routes: { network: string; lines: string[] }[] = [];
  for (const { name, address, mask, shut } of ports(device)) {
    if (address === undefined || mask === undefined || shut) continue;
    const bits = prefixLength(mask);
    const network = networkOf(address, mask);
    const lines = [`C        ${network}/${bits} is directly connected, ${name}`];
    if (bits !== 32) lines.push(`L        ${address}/32 is directly connected, ${name}`);
    routes.push({ network, lines });
  }
  for (const line of device.running.lines()) {
    const [, network, mask, next] = /^ip route (\S+) (\S+) (\S+)/.exec(line) ?? [];
    if (network === undefined || mask === undefined) continue;
    const via = /^\d/.test(next ?? '') ? `[1/0] via ${next}` : `is directly connected, ${next}`;
    routes.push({ network, lines: [`S        ${network}/${prefixLength(mask)} ${via}`] });
  }
  routes.sort((a, b) => toNumber(a.network) - toNumber(b.network));
  const byDefault = routes.find(({ network }) => network === '0.0.0.0');
  const gateway = /via (\S+)/.exec(byDefault?.lines[0] ?? '')?.[1];
  return [
    'Codes: L - local, C - connected, S - static, R - RIP, M - mobile, B - BGP',
    '       D - EIGRP, EX - EIGRP external, O - OSPF, IA - OSPF inter area ',
    '       ia - IS-IS inter area, * - candidate default, U - per-user static route',
    '',
    gateway === undefined
      ? 'Gateway of last resort is not set'
      : `Gateway of last resort is ${gateway} to network 0.0.0.0`,
    '',
    ...routes.flatMap(({ lines }) => lines),
  ];
}

export function showIpArp({ device }: IosSession): Answer {
  const rows = ports(device).filter(({ name, address, shut }) => name.startsWith('Ethernet') && address && !shut);
  return [
    'Protocol  Address          Age (min)  Hardware Addr   Type   Interface',
    ...rows.map(({ name, address }, index) => {
      return `Internet  ${String(address).padEnd(17)}       -   ${device.facts.mac(index)}  ARPA   ${name}`;
    }),
  ];
}

/** Returns what IOS says about an address that cannot be set, or undefined. */
export function badAddress(address: string, mask: string): string | undefined {
  const bits = prefixLength(mask);
  if (bits === undefined || bits === 0) return `Bad mask ${hexadecimal(mask)} for address ${address}`;
  const host = toNumber(address) - toNumber(networkOf(address, mask));
  const last = 2 ** (32 - bits) - 1;
  return bits < 31 && (host === 0 || host === last) ? `Bad mask /${bits} for address ${address}` : undefined;
}

/** Returns what IOS says about a route that cannot be, or undefined. */
export function badRoute(network: string, mask: string): string | undefined {
  const consistent = prefixLength(mask) !== undefined && networkOf(network, mask) === network;
  return consistent ? undefined : '%Inconsistent address and mask';
}
