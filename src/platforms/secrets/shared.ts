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

/**
 * Hashes of crypt(5) and those that vendors write in its form: Cisco's types 5, 8, 9 and 14, Junos' `$9$`, Comware's `$c$`
 * and `$h$`, F5's `$M$`.
 */
const hashes: readonly SecretLineData[] = [
  line(String.raw`("?\$(?:1|2[abxy]|5|6|7|8|9|14|y|h|c|M|sha\d)\$[^\s";]+"?)`, '$'),
  // VRP puts what it has encrypted between two of these.
  line(String.raw`(%[\^@$#]%[@$#]\S{1,1000}?%[\^@$#]%[@$#])`, '%'),
  // PAN-OS begins its encrypted values so.
  line(String.raw`(-AQ==\S+)`, '-aq=='),
  line(String.raw`\bsha(?:1|256|512)\s+("?[0-9a-f]{32,}"?)`, 'sha'),
];

/**
 * `password`, `secret` and their kin with what stands between them and the value. Sources: Cisco IOS Security Command
 * Reference (enable secret, username, ppp chap password), FRRouting (password, enable password, neighbor PEER password),
 * Huawei VRP and H3C Comware (password cipher, simple, irreversible-cipher, hash), ArubaOS-CX (password ciphertext),
 * FortiOS (set password ENC), ProCurve (password manager plaintext; Aruba Central help, password commands in templates:
 * user-name NAME sha1), VyOS (plaintext-password, encrypted-password), AOS-CX SNMP/MIB Guide (auth-pass ciphertext). Seen
 * in public configurations: IOS XR's `hello-password hmac-md5 encrypted`, FASTPATH's `users passwd "admin" encrypted`,
 * `psk set-key ascii` of wireless controllers.
 */
const passwords: readonly SecretLineData[] = [
  line(
    String.raw`(?:\b|_)(?:password|passwd|secret|psksecret|pass-?phrase|wpa-psk|psk|(?:auth|priv)-pass)(?:-(?:hash(?:ed)?|encrypted))?(?:\s+(?:level\s+\d+|encrypted|enc|cipher(?:text)?|irreversible-cipher|simple|hash|sha\d+|md5|scrypt|clear(?:text)?|plaintext|unencrypted|ascii|hex|text|hmac-\S+|set-key|manager|operator|user-name\s+(?:"[^"]*"|\S+)|\d{1,2}(?=\s+\S)))*\s+(?!(?:${TALK})\b[\s,:]*\S)${VALUE}`,
    'pass',
    'secret',
    'psk',
  ),
  line(String.raw`\b(?:passwd|password)\s+(?:"[^"]*"|\S+)\s+encrypted\s+${VALUE}`, 'passw'),
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
    String.raw`\b(?:auth|priv|privacy|authentication|encryption)-(?:pwd|password|key)\s+(?:enc\s+|level-[12]\s+)?${VALUE}`,
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
  // IOS XR writes the hexadecimal digits of type 7 behind it.
  line(String.raw`\bencrypted\s+("[^"]*"?|[0-9a-f]{6,}(?!\S))`, 'encrypted'),
  line(String.raw`\benc\s+([A-Za-z0-9+/=]{8,})`, 'enc'),
  line(String.raw`(?<!\S)(\S{1,1000})\s+-encrypted\b`, '-encrypted'),
  // SR OS.
  line(String.raw`(?<!\S)("[^"]+"|\S{16,1000})\s+hash2?\b`, 'hash'),
  line(String.raw`\bpp\s+auth\s+(?:myname|username)\s+\S+\s+${VALUE}`, 'pp'),
  line(String.raw`\bmgmt-user\s+\S+\s+\S+\s+${VALUE}`, 'mgmt-user'),
  line(String.raw`\b[a-z][a-z0-9+.-]{1,15}://[^\s:/@]{1,64}:([^\s@]+)@`, '://'),
];

/** What stands between the name of an algorithm and a key for it. */
const FORMS =
  '(?:auth-pass|priv-pass|ciphertext|plaintext|encrypted|clear(?:text)?|cipher|simple|(?:auth|privacy)-encrypted|localized-key|hex)';

/**
 * SNMP. Sources: Cisco IOS SNMP Command Reference; Junos CLI Reference (snmp community; snmp v3: community-name); Huawei
 * VRP (snmp-agent); SR OS System Management Guide (community … hash2, usm-community, authentication hash md5, privacy);
 * AOS-CX SNMP/MIB Guide (snmpv3 user); ExtremeXOS Concepts Guide (configure snmpv3 add user) with a public configuration
 * (auth-encrypted localized-key); Dell N1500 Administrator Guide (auth-md5, priv-des-key); Cumulus Linux, Configure SNMP
 * (readonly-community, auth-sha, encrypt-aes); net-snmp's snmpd.conf(5).
 */
const snmp: readonly SecretLineData[] = [
  line(
    String.raw`\bsnmp(?:-server|-agent)?\s(?:.{0,40}?\s)??community(?:\s+(?:clear|encrypted|cipher|simple|plain|read|write|add|name|(?:create|mode|accessmode|enable|disable|ro|rw|read-?only|read-?write)(?=\s+\S)|\d(?=\s+\S{3,})))*\s+${VALUE}`,
    'community',
  ),
  line(String.raw`\b(?:snmp-)?community-(?:name|string)\s+${VALUE}`, 'community-'),
  line(String.raw`\b(?:readonly|readwrite|trap|usm)-community(?:=|\s+)${VALUE}`, '-community'),
  // Junos in braces: a community of BGP has none behind its name.
  line(String.raw`^\s*community\s+${VALUE}\s+\{\s*$`, 'community'),
  line(String.raw`^\s*community\s+${VALUE}\s+(?:hash2?\s+)?(?:r|rw|rwa|mgmt|vpls-mgmt)(?=\s|$)`, 'community'),
  line(String.raw`\bsnmpv3\s+add\s+community\s+(?:hex\s+)?${VALUE}(?:\s+encrypted)?\s+name\s+${VALUE}`, 'snmpv3'),
  line(String.raw`\bsnmpv3\s+community\s+index\s+\S+\s+name\s+${VALUE}`, 'snmpv3'),
  line(String.raw`\bsnmp\s+community\s+(?:add|set)\b.*?\bname=${VALUE}`, 'community'),
  line(String.raw`\b(?:ro|rw)community6?\s+${VALUE}`, 'community'),
  line(String.raw`\bcom2sec6?\s+(?:-Cn\s+\S+\s+)?\S+\s+\S+\s+${VALUE}`, 'com2sec'),
  line(
    String.raw`\bcreateUser\s+(?:-e\s+\S+\s+)?\S+\s+(?:md5|sha\S*)\s+${VALUE}(?:\s+(?:des|aes\S*)\s+${VALUE})?`,
    'createuser',
  ),
  line(
    String.raw`\bsnmp-server\s+host\s+\S+(?:\s+(?:traps?|informs?|(?:use-)?vrf\s+\S+|udp-port\s+\d+|encrypted|clear|version\s+(?:1|2c|3\s+(?:auth|noauth|priv))))*\s+(?!(?:traps?|informs?|(?:use-)?vrf|udp-port|version|encrypted|clear)\b)${VALUE}`,
    'snmp-server',
  ),
  line(String.raw`\bsecurityname\s+(?:cipher\s+)?${VALUE}`, 'securityname'),
  line(
    String.raw`\bauth(?:entication|-prot)?\s+(?:hash\s+)?(?:hmac-)?(?:md5|sha)[\d-]*(?:\s+${FORMS})*\s+(?!${FORMS}\b)${VALUE}`,
    'auth',
  ),
  line(
    String.raw`\bpriv(?:acy|-prot)?\s+(?:(?:(?:cbc-)?3?des(?:-key)?|(?:cfb128-)?aes(?:[\s-]?(?:128|192|256))?(?:-cfb-key)?)(?:\s+${FORMS})*\s+(?!${FORMS}\b)|(?=0x))${VALUE}`,
    'priv',
  ),
  line(String.raw`\blocalized-key\s+${VALUE}`, 'localized-key'),
  line(
    String.raw`\b(?:auth-(?:md5|sha\d*)|(?:priv|encrypt)-(?:3?des|aes\d*))(?:-key)?\s+${VALUE}`,
    'auth-',
    'priv-',
    'encrypt-',
  ),
  line(String.raw`\b(?:authentication|privacy)-mode\s+\S+\s+(?:cipher\s+|simple\s+)?${VALUE}`, '-mode'),
];

/**
 * Keys of protocols. Sources: Cisco IOS Command References (key-string, radius-server key, tacacs server, crypto isakmp
 * key, ip ospf message-digest-key, ntp authentication-key, standby authentication), Junos (pre-shared-key ascii-text,
 * authentication-key), ScreenOS (preshare), VyOS (pre-shared-secret, md5-key), Yamaha (ipsec ike pre-shared-key N text),
 * FRRouting (ip rip authentication string, ip nhrp authentication), OmniSwitch CLI Reference Guide (isis hello-auth-type),
 * HPE's guide to encrypt-credentials (encrypted-key), Cisco Wireless Controller Command Reference (radius auth add). Seen
 * in public configurations: IOS' `client ADDRESS server-key 7`, EOS' `isis authentication key 7`.
 */
const protocols: readonly SecretLineData[] = [
  line(String.raw`\bkey-string(?:\s+(?:[0-9]a?|encrypted|plain|cipher)(?=\s+\S))?\s+${VALUE}`, 'key-string'),
  line(
    String.raw`\b(?:radius|tacacs|ldap|server-private|server)\b.{0,120}?\s(?:shared-|encrypted-)?key(?:\s+(?:authentication|accounting|[0-9]|encrypted|cipher(?:text)?|plaintext|simple)(?=\s+\S))*\s+${VALUE}`,
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
    String.raw`\bauthentication-key(?:\s+(?:\d+\s+(?:md5|sha\S*|hmac\S*|cmac\S*)|type\s+\S+|value|cipher(?:text)?|plaintext|simple|[0-9])(?=\s+\S))*\s+${VALUE}`,
    'authentication-key',
  ),
  line(
    String.raw`\bmessage-digest-key\s+\d+\s+(?:md5|hmac-sha\S*)(?:\s+(?:[0-9]|encrypted|cipher(?:text)?|plaintext)(?=\s+\S))?\s+${VALUE}`,
    'message-digest-key',
  ),
  line(
    String.raw`\b(?:standby|vrrp|glbp)\s+\d+\s+authentication(?:\s+(?:text|simple|md5(?=\s)))*\s+(?!key-|mode\b)${VALUE}`,
    'authentication',
  ),
  line(String.raw`\bserver-key\s+(?:[0-9]\s+)?${VALUE}`, 'server-key'),
  line(String.raw`\bfailover\s+key\s+(?:[0-9]\s+)?${VALUE}`, 'failover'),
  line(String.raw`\bauthentication\s+key\s+(?:[0-9]\s+)?${VALUE}`, 'authentication'),
  line(String.raw`\bauth-type\s+(?:simple|md5)\s+(?:encrypt-)?key\s+${VALUE}`, 'auth-type'),
  line(String.raw`\bmd5-key\s+(?:\d+\s+(?=\S))?${VALUE}`, 'md5-key'),
  line(String.raw`\b(?:nhrp\s+authentication|rip\s+authentication\s+string)\s+${VALUE}`, 'authentication'),
  line(String.raw`\bsession-key\s+(?:in|out)bound\s+ah\s+\d+\s+${VALUE}`, 'session-key'),
  line(String.raw`\bsession-key\b.*?\sauthenticator\s+${VALUE}`, 'session-key'),
  line(String.raw`\b(?:radius|tacacs)\s+\S+\s+add\s+\d+\s+\S+\s+\d+\s+(?:ascii|hex)\s+${VALUE}`, 'radius', 'tacacs'),
  line(String.raw`\bmgmtuser\s+add\s+\S+\s+${VALUE}`, 'mgmtuser'),
  line(String.raw`\bv3user\s+create\s+\S+\s+r[ow]\s+\S+\s+\S+\s+${VALUE}(?:\s+${VALUE})?`, 'v3user'),
  line(String.raw`\bpin\s+verify\s+(?:auto\s+)?${VALUE}`, 'verify'),
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
