interface Row {
  readonly name: string;
  readonly host: string;
  readonly groups: readonly string[];
}

const rows: readonly Row[] = [
  { name: 'r1', host: '192.0.2.1', groups: ['edge', 'ams'] },
  { name: 'r2', host: '192.0.2.2', groups: ['edge'] },
  { name: 'r3', host: 'r3.example.net', groups: ['edge'] },
  { name: 'sw1', host: '192.0.2.11', groups: ['core', 'ams'] },
  { name: 'sw2', host: '192.0.2.12', groups: ['core'] },
  { name: 'fw1', host: '192.0.2.21', groups: ['ams'] },
];

const more: Readonly<Record<string, object>> = {
  r1: { port: 2201 },
  r2: { data: { site: 'fra', monitored: true } },
  r3: { transport: 'telnet', port: 2323, username: 'local' },
  sw2: { password: '0123', data: { rack: { row: 4, name: 'B2' } } },
  fw1: { platform: 'juniper_junos', jump: 'none', data: { role: 'firewall' } },
};

export const inventory = async () => ({
  defaults: { username: 'netops', password: 'from-defaults', data: { owner: 'noc' } },
  groups: {
    edge: { platform: 'cisco_ios', secret: 'enable-edge', data: { role: 'edge', vlans: [10, 20] } },
    core: {
      platform: 'arista_eos',
      password: 'from-core',
      jump: 'ops@bastion.example.net:2222',
      data: { role: 'core' },
    },
    ams: { data: { site: 'ams', asn: 65001 } },
  },
  devices: rows.map((row) => ({ ...row, ...more[row.name] })),
});
