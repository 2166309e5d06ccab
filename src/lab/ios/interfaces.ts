/** The types of interface that the simulated router has, or can make. */
const TYPES = [
  'BVI',
  'Dialer',
  'Ethernet',
  'FastEthernet',
  'GigabitEthernet',
  'Loopback',
  'Null',
  'Port-channel',
  'Serial',
  'TenGigabitEthernet',
  'Tunnel',
  'Vlan',
] as const;

/** Types that `interface` makes when they are named; the others must be there. */
const VIRTUAL = /^(BVI|Dialer|Loopback|Port-channel|Tunnel|Vlan)\d+$/;

/** Returns the full name of an interface (`lo10`: `Loopback10`), or undefined where it is none, or may be several. */
export function interfaceName(typed: string): string | undefined {
  const parts = /^([A-Za-z-]+)(\d[\d/.:]*)$/.exec(typed);
  if (parts === null) return undefined;
  const [, letters = '', number = ''] = parts;
  const types = TYPES.filter((type) => type.toLowerCase().startsWith(letters.toLowerCase()));
  return types.length === 1 ? `${types[0]}${number}` : undefined;
}

export function isVirtual(name: string): boolean {
  return VIRTUAL.test(name);
}

/** Returns the order in which IOS lists interfaces: by type, then by number. */
export function byName(a: string, b: string): number {
  return a.replace(/\d.*/, '').localeCompare(b.replace(/\d.*/, '')) || a.localeCompare(b, 'en', { numeric: true });
}
