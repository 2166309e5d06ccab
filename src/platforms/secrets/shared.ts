import type { SecretLineData } from '../../base/index.js';

/** A value as command lines take it: in quotes, which may not have come to their end yet, or one word. */
const VALUE = String.raw`("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s"']\S*)`;

/** Words that stand behind `password` where no value does: in questions and in what devices say about passwords. */
const TALK =
  'for|of|is|to|and|or|must|has|will|was|not|again|prompt|required|policy|encryption|recovery|change|expired?|expires|authentication|incorrect';

const line = (pattern: string, ...words: readonly string[]): SecretLineData => ({ pattern, words });

/** What a private key looks like on every system that shows or takes one (RFC 7468, sections 2 and 10; OpenSSH PROTOCOL.key). */
const keys: readonly SecretLineData[] = [
  {
    pattern: String.raw`-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----`,
    until: String.raw`-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----`,
    words: ['-----begin'],
  },
  line(String.raw`\b(?:private|preshared)-?key\b"?(?:\s*[=:]\s*|\s+)(?!-----)${VALUE}`, 'private', 'preshared'),
];

/** Hashes of crypt(5) and those that vendors write in its form, as Cisco's types 5, 8, 9 and 14 and Junos' `$9$`. */
const hashes: readonly SecretLineData[] = [
  line(String.raw`("?\$(?:1|2[abxy]|5|6|7|8|9|14|y|h|sha\d)\$[^\s";]+"?)`, '$'),
  // PAN-OS begins its encrypted values so.
  line(String.raw`(-AQ==\S+)`, '-aq=='),
  line(String.raw`\bsha(?:1|256|512)\s+("?[0-9a-f]{32,}"?)`, 'sha'),
];

/**
 * `password`, `secret` and their kin with what stands between them and the value. Sources: Cisco IOS Security Command
 * Reference (enable secret, username, ppp chap password), FRRouting (password, enable password, neighbor PEER password),
 * Huawei VRP and H3C Comware (password cipher, simple, irreversible-cipher, hash), ArubaOS-CX (password ciphertext),
 * FortiOS (set password ENC), ProCurve (password manager plaintext), VyOS (plaintext-password, encrypted-password).
 */
const passwords: readonly SecretLineData[] = [
  line(
    String.raw`(?:\b|_)(?:password|passwd|secret|psksecret|passphrase|wpa-psk|psk)(?:\s+(?:level\s+\d+|encrypted|enc|cipher(?:text)?|irreversible-cipher|simple|hash|sha\d+|md5|scrypt|clear(?:text)?|plaintext|unencrypted|ascii|hex|text|manager|operator|\d{1,2}(?=\s+\S)))*\s+(?!(?:${TALK})\b[\s,:]*\S)${VALUE}`,
    'pass',
    'secret',
    'psk',
  ),
  // RouterOS, environment variables, JSON and YAML.
  line(
    String.raw`(?:password|passwd|passphrase|secret|psk|pre-?shared-?key|api[_-]?key|auth-key|token)"?(?:=|:\s|\s=\s)\s*${VALUE}`,
    'pass',
    'secret',
    'psk',
    'key',
    'token',
  ),
  line(
    String.raw`\b(?:auth|priv|privacy|authentication|encryption)-(?:pwd|password|key)\s+(?:enc\s+)?${VALUE}`,
    'auth-',
    'priv-',
    'privacy-',
    'authentication-',
    'encryption-',
  ),
  line(
    String.raw`\b(?:irreversible-cipher|cipher)\s+(?!(?:aes|3?des|chacha|encryption|integrity|suite|list)\b|aes|chacha)${VALUE}`,
    'cipher',
  ),
  line(String.raw`\bencrypted\s+("[^"]*"?)`, 'encrypted'),
  line(String.raw`\benc\s+([A-Za-z0-9+/=]{8,})`, 'enc'),
  line(String.raw`(?<!\S)(\S{1,1000})\s+-encrypted\b`, '-encrypted'),
  // SR OS.
  line(String.raw`(?<!\S)("[^"]+"|\S{16,1000})\s+hash2?\b`, 'hash'),
  line(String.raw`\bpp\s+auth\s+(?:myname|username)\s+\S+\s+${VALUE}`, 'pp'),
  line(String.raw`\bmgmt-user\s+\S+\s+\S+\s+${VALUE}`, 'mgmt-user'),
  line(String.raw`\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@]{1,64}:([^\s@]+)@`, '://'),
];

/** SNMP. Sources: Cisco IOS SNMP Command Reference, Junos CLI Reference (snmp community), Huawei VRP (snmp-agent). */
const snmp: readonly SecretLineData[] = [
  line(
    String.raw`\bsnmp(?:-server|-agent)?\s(?:.{0,40}?\s)??community(?:\s+(?:clear|encrypted|cipher|simple|plain|read|write|add|name|\d(?=\s+\S{3,})))*\s+${VALUE}`,
    'community',
  ),
  // Junos in braces: a community of BGP has none behind its name.
  line(String.raw`^\s*community\s+${VALUE}\s+\{\s*$`, 'community'),
  line(
    String.raw`\bsnmp-server\s+host\s+\S+(?:\s+(?:traps?|informs?|(?:use-)?vrf\s+\S+|udp-port\s+\d+|version\s+(?:1|2c|3\s+(?:auth|noauth|priv))))*\s+(?!(?:traps?|informs?|(?:use-)?vrf|udp-port|version)\b)${VALUE}`,
    'snmp-server',
  ),
  line(String.raw`\bsecurityname\s+(?:cipher\s+)?${VALUE}`, 'securityname'),
  line(String.raw`\bauth\s+(?:md5|sha[\d-]*)\s+${VALUE}`, 'auth'),
  line(String.raw`\bpriv\s+(?:(?:3?des|aes)(?:[\s-]?(?:128|192|256))?\s+|(?=0x))${VALUE}`, 'priv'),
  line(String.raw`\b(?:authentication|privacy)-mode\s+\S+\s+(?:cipher\s+|simple\s+)?${VALUE}`, '-mode'),
];

/**
 * Keys of protocols. Sources: Cisco IOS Command References (key-string, radius-server key, tacacs server, crypto isakmp
 * key, ip ospf message-digest-key, ntp authentication-key, standby authentication), Junos (pre-shared-key ascii-text,
 * authentication-key), ScreenOS (preshare), VyOS (pre-shared-secret), Yamaha (ipsec ike pre-shared-key N text).
 */
const protocols: readonly SecretLineData[] = [
  line(String.raw`\bkey-string(?:\s+(?:[0-9]a?|encrypted|plain|cipher)(?=\s+\S))?\s+${VALUE}`, 'key-string'),
  line(
    String.raw`\b(?:radius|tacacs|ldap|server-private|server)\b.{0,120}?\s(?:shared-)?key(?:\s+(?:authentication|accounting|[0-9]|encrypted|cipher|simple)(?=\s+\S))*\s+${VALUE}`,
    'key',
  ),
  // In the block of a server; a bare number is that of a key in a key chain.
  line(String.raw`^\s*(?:shared-)?key(?:\s+[0-9](?=\s+\S))?\s+(?!\d+\s*$|chain\b)${VALUE}\s*$`, 'key'),
  line(String.raw`\bshared-key(?:\s+(?:cipher|simple))?\s+${VALUE}`, 'shared-key'),
  line(String.raw`\bisakmp\s+key\s+(?:[0-9]\s+)?${VALUE}`, 'isakmp'),
  line(
    String.raw`\bpre-?share(?:d-(?:key|secret))?(?:\s+(?:local|remote|hex|ascii-text|hexadecimal|text|cipher|simple|encrypt|address\s+\S+|key|\d+(?=\s+\S)))*\s+${VALUE}`,
    'share',
  ),
  line(
    String.raw`\bauthentication-key(?:\s+(?:\d+\s+(?:md5|sha\S*|hmac\S*|cmac\S*)|type\s+\S+|value|cipher|simple|[0-9])(?=\s+\S))*\s+${VALUE}`,
    'authentication-key',
  ),
  line(
    String.raw`\bmessage-digest-key\s+\d+\s+(?:md5|hmac-sha\S*)(?:\s+(?:[0-9]|encrypted|cipher)(?=\s+\S))?\s+${VALUE}`,
    'message-digest-key',
  ),
  line(
    String.raw`\b(?:standby|vrrp|glbp)\s+\d+\s+authentication(?:\s+(?:text|simple|md5(?=\s)))*\s+(?!key-|mode\b)${VALUE}`,
    'authentication',
  ),
];

/** Junos. Sources: Junos CLI Reference, authentication; it marks every secret with the comment `SECRET-DATA`. */
const junos: readonly SecretLineData[] = [
  line(String.raw`(?<!\S)(\S{1,1000}?);?\s*##\s*SECRET-DATA`, 'secret-data'),
  line(String.raw`\bauthentication\b.*?\s("[^"]*"?)`, 'authentication'),
  line(
    String.raw`\b(?:simple-password|ascii-text|hexadecimal)\s+${VALUE}`,
    'simple-password',
    'ascii-text',
    'hexadecimal',
  ),
];

/** What is secret in the lines of every platform: devices show each other's lines, and a shell shows those of any. */
export const sharedSecretLines: readonly SecretLineData[] = [
  ...keys,
  ...hashes,
  ...passwords,
  ...snmp,
  ...protocols,
  ...junos,
];
