import { createHash } from 'node:crypto';
import type { DeviceProfile } from '../device.js';

/** What tells one simulated router from the next; made from its number, so that it is the same every time. */
export interface Facts {
  readonly serial: string;
  /** The last 24 bits of its hardware addresses, as IOS writes them: `bb00.0100`. */
  readonly mac: (port: number) => string;
  readonly addresses: { readonly loopback: string; readonly first: string; readonly second: string };
}

export function factsOf({ number, name }: DeviceProfile): Facts {
  const high = Math.floor(number / 250);
  const low = (number % 250) + (high > 0 ? 1 : 0);
  const digest = createHash('sha256').update(name).digest('hex').toUpperCase();
  const hex = number.toString(16).padStart(4, '0');
  return {
    serial: `FTX${digest.replace(/[^0-9]/g, '').slice(0, 4)}${digest.slice(-4)}`,
    mac: (port) => `aabb.cc${hex.slice(0, 2)}.${hex.slice(2)}${port}0`,
    addresses: {
      loopback: `10.${1 + high}.${number % 250}.1`,
      first: `192.168.${100 + (high % 50)}.${low}`,
      second: `192.168.${200 + (high % 50)}.${low}`,
    },
  };
}

/** A text that looks like a hash and says nothing: no password can be learnt from a simulated configuration. */
export function decoyHash(seed: string): string {
  const digest = createHash('sha256').update(seed).digest('base64').replace(/[+=]/g, '.');
  return `5 $1$${digest.slice(0, 4)}$${digest.slice(4, 26)}`;
}

/** Returns the configuration that the router starts with. */
export function baseConfiguration(profile: DeviceProfile): string {
  const { name, username, secret, number } = profile;
  const { loopback, first, second } = factsOf(profile).addresses;
  return `version 15.4
service timestamps debug datetime msec
service timestamps log datetime msec
no service password-encryption
hostname ${name}
${secret === '' ? '' : `enable secret ${decoyHash(`enable ${name}`)}\n`}no ip domain lookup
ip domain name lab.example
username ${username} privilege ${profile.privilege} secret ${decoyHash(`user ${name}`)}
interface Loopback0
 ip address ${loopback} 255.255.255.255
!
interface Ethernet0/0
 description to the management network
 ip address ${first} 255.255.255.0
!
interface Ethernet0/1
 description to the neighbours of R${number}
 ip address ${second} 255.255.255.0
!
interface Ethernet0/2
 shutdown
!
interface Ethernet0/3
 shutdown
!
router ospf 1
 router-id ${loopback}
 network 10.0.0.0 0.255.255.255 area 0
 network 192.168.0.0 0.0.255.255 area 0
!
ip forward-protocol nd
no ip http server
no ip http secure-server
line con 0
 exec-timeout 0 0
 logging synchronous
!
line vty 0 4
 login local
 transport input telnet ssh
!
end`;
}
