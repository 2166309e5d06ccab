import { banner, enableSecret, enterInterface, hostname, leave, toExec } from './config-actions.js';
import { Grammar } from './grammar.js';
import type { ConfigAction } from './session.js';
import { badAddress, badRoute } from './show-network.js';

type Rule = readonly [pattern: string, action: ConfigAction];

/** A line that is kept; with a key, in place of the one that begins with as many of the same words. */
const line = (pattern: string, key = Infinity): Rule => [pattern, { kind: 'line', key }];
const byDefault = (pattern: string): Rule => [pattern, { kind: 'default' }];
const section = (pattern: string, mode: string, grammar: () => Grammar<ConfigAction>): Rule => [
  pattern,
  { kind: 'section', mode, grammar },
];
const EVERYWHERE: readonly Rule[] = [
  ['end', { kind: 'run', run: toExec }],
  ['exit', { kind: 'run', run: leave }],
];

const checkAddress = ([address = '', mask = '']: readonly string[]): string | undefined => badAddress(address, mask);
const checkRoute = ([network = '', mask = '']: readonly string[]): string | undefined => badRoute(network, mask);

const INTERFACE = new Grammar<ConfigAction>([
  ...EVERYWHERE,
  ['ip address A.B.C.D A.B.C.D', { kind: 'line', key: 2, check: checkAddress }],
  ['ip address A.B.C.D A.B.C.D secondary', { kind: 'line', key: Infinity, check: checkAddress }],
  line('ip address dhcp', 2),
  line('ip access-group WORD in'),
  line('ip access-group WORD out'),
  line('ip helper-address A.B.C.D'),
  line('ip mtu <68-9216>', 2),
  line('ip nat inside'),
  line('ip nat outside'),
  line('ip ospf LINE'),
  byDefault('ip proxy-arp'),
  byDefault('ip redirects'),
  line('bandwidth <1-10000000>', 1),
  byDefault('cdp enable'),
  line('channel-group <1-64> mode WORD', 1),
  line('delay <1-16777215>', 1),
  line('description LINE', 1),
  line('duplex auto', 1),
  line('duplex full', 1),
  line('duplex half', 1),
  line('encapsulation LINE', 1),
  byDefault('keepalive'),
  line('load-interval <30-600>', 1),
  line('mtu <64-9216>', 1),
  line('service-policy LINE'),
  line('shutdown'),
  line('spanning-tree LINE'),
  line('speed WORD', 1),
  line('standby LINE'),
  line('switchport [LINE]'),
  line('tunnel LINE'),
  line('vrf forwarding WORD', 2),
]);

const ROUTER = new Grammar<ConfigAction>([
  ...EVERYWHERE,
  line('area LINE'),
  byDefault('auto-summary'),
  line('bgp LINE'),
  line('default-information originate [always]'),
  line('distance <1-255>', 1),
  line('eigrp LINE'),
  line('maximum-paths <1-32>', 1),
  line('neighbor A.B.C.D LINE'),
  line('network A.B.C.D [LINE]'),
  line('passive-interface INTERFACE'),
  line('passive-interface default'),
  line('redistribute LINE'),
  line('router-id A.B.C.D', 1),
  byDefault('synchronization'),
  line('version <1-2>', 1),
]);

const LINE = new Grammar<ConfigAction>([
  ...EVERYWHERE,
  line('access-class WORD in'),
  line('exec-timeout <0-35791> [<0-2147483>]', 1),
  line('history size <0-256>', 2),
  line('length <0-512>', 1),
  line('logging synchronous'),
  line('login [local]', 1),
  line('password LINE', 1),
  line('privilege level <0-15>', 2),
  line('session-timeout <0-35791>', 1),
  line('stopbits <1-2>', 1),
  line('transport input LINE', 2),
  line('transport output LINE', 2),
  line('width <0-512>', 1),
]);

/** The modes of lists and maps: what begins with one of their words is taken as it is. */
const LIST = new Grammar<ConfigAction>([
  ...EVERYWHERE,
  ...['class', 'deny', 'description', 'match', 'name', 'permit', 'rd', 'remark', 'route-target', 'set'].map((word) =>
    line(`${word} LINE`),
  ),
  line('<1-2147483647> permit LINE'),
  line('<1-2147483647> deny LINE'),
]);

const router = () => ROUTER;
const list = () => LIST;

/** The commands of `(config)#`. */
export const GLOBAL = new Grammar<ConfigAction>([
  ...EVERYWHERE,
  line('aaa new-model'),
  line('aaa authentication LINE'),
  line('aaa authorization LINE'),
  line('access-list <1-2699> LINE'),
  line('alias exec WORD LINE', 3),
  line('arp A.B.C.D LINE'),
  ['banner motd LINE', { kind: 'run', run: banner }],
  ['banner login LINE', { kind: 'run', run: banner }],
  line('boot system LINE'),
  byDefault('cdp run'),
  line('cdp timer <5-254>', 2),
  section('class-map WORD', 'config-cmap', list),
  section('class-map match-any WORD', 'config-cmap', list),
  line('clock timezone LINE', 2),
  line('crypto LINE'),
  line('enable password LINE', 2),
  ['enable secret LINE', { kind: 'run', run: enableSecret }],
  ['hostname WORD', { kind: 'run', run: hostname }],
  ['interface INTERFACE', { kind: 'run', run: enterInterface(() => INTERFACE) }],
  section('ip access-list standard WORD', 'config-std-nacl', list),
  section('ip access-list extended WORD', 'config-ext-nacl', list),
  byDefault('ip cef'),
  line('ip default-gateway A.B.C.D', 2),
  line('ip dhcp LINE'),
  byDefault('ip domain lookup'),
  byDefault('ip domain-lookup'),
  line('ip domain name NAME', 3),
  line('ip domain-name NAME', 2),
  byDefault('ip forward-protocol nd'),
  line('ip host NAME A.B.C.D', 3),
  byDefault('ip http server'),
  byDefault('ip http secure-server'),
  line('ip name-server A.B.C.D'),
  line('ip nat LINE'),
  line('ip prefix-list LINE'),
  ['ip route A.B.C.D A.B.C.D A.B.C.D [<1-255>]', { kind: 'line', key: Infinity, check: checkRoute }],
  ['ip route A.B.C.D A.B.C.D INTERFACE [A.B.C.D] [<1-255>]', { kind: 'line', key: Infinity, check: checkRoute }],
  byDefault('ip routing'),
  byDefault('ip source-route'),
  line('ip scp server enable'),
  line('ip ssh LINE'),
  line('ipv6 unicast-routing'),
  line('ipv6 route LINE'),
  section('line console <0-0>', 'config-line', () => LINE),
  section('line vty <0-15> [<0-15>]', 'config-line', () => LINE),
  line('lldp run'),
  line('logging A.B.C.D'),
  line('logging NAME'),
  line('logging host A.B.C.D'),
  line('logging host NAME'),
  line('logging buffered [<4096-2147483647>]', 2),
  byDefault('logging console'),
  line('logging facility WORD', 2),
  byDefault('logging monitor'),
  byDefault('logging on'),
  line('logging source-interface INTERFACE', 2),
  line('logging trap [WORD]', 2),
  line('ntp server A.B.C.D'),
  line('ntp server NAME'),
  line('ntp source INTERFACE', 2),
  section('policy-map WORD', 'config-pmap', list),
  section('route-map WORD', 'config-route-map', list),
  section('route-map WORD permit <0-65535>', 'config-route-map', list),
  section('route-map WORD deny <0-65535>', 'config-route-map', list),
  section('router bgp <1-65535>', 'config-router', router),
  section('router eigrp <1-65535>', 'config-router', router),
  section('router ospf <1-65535>', 'config-router', router),
  section('router rip', 'config-router', router),
  byDefault('service password-encryption'),
  line('service timestamps debug LINE', 3),
  line('service timestamps log LINE', 3),
  line('snmp-server community WORD LINE'),
  line('snmp-server contact LINE', 2),
  line('snmp-server host A.B.C.D LINE'),
  line('snmp-server location LINE', 2),
  line('tacacs-server LINE'),
  line('username WORD LINE', 2),
  section('vlan <1-4094>', 'config-vlan', list),
  section('vrf definition WORD', 'config-vrf', list),
]);
