import { checkPlatform, loadPlatform, platformNames, secretLinesOf } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';
import { blankSecretLine } from '#dist/base/index.js';

const shared = secretLinesOf({});
const blank = (line: string): string => blankSecretLine(line, shared);

/** Lines with their secrets in ⟦ ⟧, as the devices show or take them. */
const LINES: Readonly<Record<string, readonly string[]>> = {
  'Cisco IOS': [
    'enable secret 5 ⟦$1$mERr$hx5rVt7rPNoS4wqbXKX7m0⟧',
    'enable secret 9 ⟦$9$nhEmQVczB7dqsO$X.HsgL6x1il0RxkOSSvyQYwucySCt7qFm4v7pqCxkKM⟧',
    'enable password level 7 7 ⟦0822455D0A16⟧',
    'username bob privilege 15 secret 5 ⟦$1$mERr$hx5rVt7rPNoS4wqbXKX7m0⟧',
    'username bob password 0 ⟦cisco⟧',
    ' password 7 ⟦02050D480809⟧',
    'snmp-server community ⟦public⟧ RO 10',
    'snmp-server host 192.0.2.1 version 2c ⟦public⟧',
    'snmp-server host 192.0.2.1 vrf mgmt ⟦public⟧',
    'snmp-server user bob ops v3 auth sha ⟦authpass1⟧ priv aes 128 ⟦privpass1⟧',
    'crypto isakmp key ⟦vpnkey⟧ address 192.0.2.9',
    ' pre-shared-key local 6 ⟦XYZabc⟧',
    ' pre-shared-key address 192.0.2.1 key ⟦vpnkey⟧',
    '   key-string 7 ⟦00071A150754⟧',
    'radius-server host 192.0.2.1 auth-port 1812 acct-port 1813 key 7 ⟦0822455D0A16⟧',
    'tacacs-server key ⟦tackey⟧',
    ' key 7 ⟦0822455D0A16⟧',
    ' neighbor 192.0.2.2 password 7 ⟦104D000A0618⟧',
    ' ip ospf message-digest-key 1 md5 7 ⟦104D000A0618⟧',
    ' ip ospf authentication-key ⟦ospfkey⟧',
    'ntp authentication-key 1 md5 ⟦104D000A0618⟧ 7',
    ' ppp chap password 0 ⟦chappass⟧',
    ' ppp pap sent-username bob password 7 ⟦104D000A0618⟧',
    ' standby 1 authentication md5 key-string 7 ⟦104D000A0618⟧',
    ' wpa-psk ascii 0 ⟦wifipass⟧',
    'copy scp://bob:⟦pass⟧@192.0.2.1/x flash:',
  ],
  'other command lines like IOS': [
    'username admin password 5 ⟦$5$abcdef$ghijkl⟧  role network-admin',
    'username admin secret sha512 ⟦$6$abc$def⟧',
    'passwd ⟦2KFQnbNIdI.2KYOU⟧ encrypted',
    'enable password ⟦8Ry2YjIyt7RRXU24⟧ encrypted',
    'user admin group administrators password ciphertext ⟦AQBapbK9==⟧',
    'password manager plaintext ⟦secret1⟧',
    ' ssh server password ⟦"two words"⟧',
    ' neighbor PEERS password ⟦frrpass⟧',
    'password ⟦zebra⟧',
    'enable password ⟦zebra⟧',
  ],
  'VRP and Comware': [
    ' local-user bob password irreversible-cipher ⟦$1a$abc$def⟧',
    ' set authentication password cipher ⟦%^%#abc%^%#⟧',
    'snmp-agent community read cipher ⟦%^%#abc%^%#⟧',
    'snmp-agent community write simple ⟦private⟧',
    ' password hash ⟦$h$6$abc⟧',
    ' ospf authentication-mode md5 1 cipher ⟦abcdef⟧',
    ' radius-server shared-key cipher ⟦%^%#abc%^%#⟧',
  ],
  Junos: [
    '        encrypted-password ⟦"$6$abc$def"⟧; ## SECRET-DATA',
    'set system root-authentication encrypted-password ⟦"$6$abc$def"⟧',
    'set system radius-server 192.0.2.1 secret ⟦"$9$abcdef"⟧',
    'set protocols ospf area 0 interface ge-0/0/0 authentication md5 1 key ⟦"$9$abcdef"⟧',
    'set security ike policy p pre-shared-key ascii-text ⟦"$9$abcdef"⟧',
    'set snmp community ⟦public⟧ authorization read-only',
    '    community ⟦public⟧ {',
  ],
  'what was found in manuals and public configurations': [
    'client 192.0.2.1 server-key 7 ⟦045A05120772⟧',
    ' ip nhrp authentication ⟦nhrpkey⟧',
    ' ip rip authentication string ⟦ripkey⟧',
    ' set session-key inbound ah 256 ⟦0123456789abcdef⟧',
    'failover key ⟦failkey1⟧',
    'snmp-server host inside 192.0.2.1 community ⟦asacomm⟧ version 2c',
    '  hello-password hmac-md5 clear ⟦isispass⟧',
    ' lsp-password hmac-md5 encrypted ⟦070E321F165840505A⟧',
    'snmp-server user bob g v3 auth sha encrypted ⟦0822455D0A16⟧ priv aes 128 encrypted ⟦104D000A0618⟧',
    'snmp-server host 192.0.2.1 traps version 2c encrypted ⟦0822455D0A16⟧',
    '   isis authentication key 7 ⟦bMtaY5EaFQ/hSDpSm56UHg==⟧',
    'snmpv3 user bob auth sha auth-pass ciphertext ⟦AQBapZHf⟧ priv aes priv-pass ciphertext ⟦AQBapb0H⟧',
    'radius-server host 192.0.2.1 key ciphertext ⟦AQBapK9⟧',
    'ntp authentication-key 1 sha1 ciphertext ⟦AQBapK9⟧ trusted',
    'radius-server host 192.0.2.1 encrypted-key ⟦"U2FsdGVk"⟧',
    'password manager user-name "admin" sha1 ⟦"0123456789abcdef"⟧',
    'users passwd ⟦"admin" encrypted 0a51d780be1a0240⟧',
    'snmp-server user bob g auth-sha-key ⟦0123456789abcdef⟧ priv-3des ⟦privkey1⟧',
    'community ⟦"uTdc9j48PBRkxn5DcSjchk"⟧ hash2 rwa version both',
    'community ⟦private⟧ rw version v2c',
    'usm-community ⟦"usmcomm"⟧ group "g"',
    'authentication hash md5 ⟦0123456789abcdef⟧ privacy des-key ⟦fedcba98⟧',
    'set snmp v3 snmp-community idx community-name ⟦junoscomm⟧',
    'set deviceconfig system snmp-setting access-setting version v2c snmp-community-string ⟦pancomm⟧',
    'configure snmp add community readonly ⟦xoscomm⟧',
    'configure snmpv3 add community ⟦"xoscomm"⟧ name ⟦"xoscomm"⟧ user "v1v2c_ro"',
    'configure snmpv3 add user "bob" authentication md5 auth-encrypted localized-key ⟦23:24:44⟧ privacy privacy-encrypted localized-key ⟦46:79⟧',
    'snmp community create ⟦wlccomm⟧',
    'wlan security wpa akm psk set-key ascii ⟦wifipass1⟧ 1',
    ' security wpa psk set-key ascii 0 ⟦wifipass1⟧',
    'radius auth add 1 192.0.2.1 1812 ascii ⟦radkey⟧',
    'mgmtuser add bob ⟦wlcpass1⟧ read-write',
    'nv set service snmp-server readonly-community ⟦clcomm⟧ access any',
    'net add snmp-server username bob auth-sha ⟦authpass1⟧ encrypt-aes ⟦privpass1⟧',
    'rocommunity ⟦linuxcomm⟧ 192.0.2.0/24',
    'createUser bob SHA ⟦authpass1⟧ AES ⟦privpass1⟧',
    'add snmp usm user bob auth-pass-phrase-hashed ⟦0123abcd⟧ privacy-pass-phrase-hashed ⟦4567abcd⟧',
    'set user admin password-hash ⟦$6$abc$def⟧',
    ' undo foo ⟦%@%@abcdef%@%@⟧',
    '/snmp community set name=⟦roscomm⟧',
  ],
  'the others': [
    '/user add name=bob group=full password=⟦secret1⟧',
    'set wpa2-pre-shared-key=⟦"wifi pass"⟧',
    'set password ENC ⟦SH2abcdef=⟧',
    '        set psksecret ENC ⟦abcdefgh==⟧',
    "set system login user bob authentication plaintext-password ⟦'pass word'⟧",
    'set vpn ipsec authentication psk x pre-shared-secret ⟦vpnkey⟧',
    'set ike gateway "g" preshare ⟦"abc=="⟧',
    'login password ⟦yamaha1⟧',
    'ipsec ike pre-shared-key 1 text ⟦vpnkey⟧',
    'add system user bob ⟦1234abcd⟧ -encrypted',
    'set mgt-config users admin phash ⟦$5$abc$def⟧',
    'export DB_PASSWORD=⟦hunter2⟧',
    '    "password": ⟦"hunter2"⟧,',
    'PrivateKey = ⟦abcDEF123=⟧',
  ],
};

describe.each(Object.entries(LINES))('%s', (_system, lines) => {
  test.each(lines)('%s', (marked) => {
    const got = blank(marked.replace(/[⟦⟧]/g, ''));
    const values = [...marked.matchAll(/⟦([^⟧]*)⟧/g)].map(([, value = '']) => value);
    for (const value of values) expect(got).not.toContain(value);
    expect(got).toContain('[secret]');
    // What is not secret stays: the place of the secret, or a word next to it, may be blanked as well.
    expect(got.startsWith(marked.slice(0, marked.indexOf('⟦')).split(' ').slice(0, 2).join(' '))).toBe(true);
  });
});

test.each([
  ...['Password: ', 'Enter password: ', 'User Access Verification', 'service password-encryption', ' key 1'],
  ...['[sudo] password for bob: ', 'Password required, but none set', '% Bad passwords', 'key chain OSPF'],
  ...['ip community-list standard X permit 65000:1', ' set community 65000:1 additive', 'crypto key generate rsa'],
  ...['  neighbor 192.0.2.2 send-community both', 'ip ssh server algorithm encryption aes256-ctr', 'R1#show clock'],
  ...[
    'snmp-server enable traps snmp authentication linkdown',
    'Press any key to continue',
    'no service password-recovery',
  ],
  ...[
    'snmp-server host 192.0.2.1 traps',
    'aaa authentication login default group tacacs+ local',
    'login authentication default',
  ],
  ...[' isis authentication key-chain KC', ' isis authentication mode md5', 'Message digest authentication enabled'],
  ...[
    'snmpv3 context c',
    '  Encrypted traffic: 15 packets',
    'show snmp community',
    'area 0 authentication message-digest',
  ],
])('nothing is secret in %j', (line) => expect(blank(line)).toBe(line));

test('the patterns are quick, each by the check of platform files', () => {
  const { problems } = checkPlatform({ ...loadPlatform('cisco_ios'), cases: undefined, secretLines: shared });
  expect(problems.filter(({ path }) => path[0] === 'secretLines')).toEqual([]);
});

test('a long line of anything is looked at in no time', () => {
  for (const sample of [
    'x',
    'password ',
    '"',
    "'",
    'a b ',
    'key 1 ',
    '$1$',
    'sha256 ',
    '://',
    '\\"',
    'snmp community ',
    ...[
      'auth md5 ',
      'auth sha cipher ',
      'priv aes hex ',
      '%^%#',
      'snmp community add name ',
      'session-key ',
      'hmac-md5 ',
    ],
    ...['password hmac-a ', 'passwd x ', 'encrypted ', 'authentication key ', 'createUser a md5 ', 'community-name '],
  ]) {
    const line = sample.repeat(16 * 1024).slice(0, 16 * 1024);
    const start = performance.now();
    blank(line);
    expect([sample, performance.now() - start < 500]).toEqual([sample, true]);
  }
});

test('every platform has them', () => {
  for (const name of platformNames()) {
    expect(secretLinesOf(loadPlatform(name))).toEqual(expect.arrayContaining([...shared]));
  }
});

describe('a platform of the user', () => {
  const own = { ...loadPlatform('cisco_ios'), cases: undefined };
  test('adds its own, which its cases prove', () => {
    const secretLines = [{ pattern: String.raw`^magic word (\S+)` }];
    const cases = {
      ...loadPlatform('cisco_ios').cases,
      secretLines: {
        'magic word abc': 'magic word [secret]',
        'snmp-server community x RO': 'snmp-server community [secret] RO',
      },
    };
    expect(checkPlatform({ ...own, secretLines, cases }).problems).toEqual([]);
    const wrong = { ...cases, secretLines: { 'magic abc': 'magic [secret]' } };
    expect(checkPlatform({ ...own, secretLines, cases: wrong }).problems).toEqual([
      {
        path: ['cases', 'secretLines', 'magic abc'],
        severity: 'error',
        message: "must become 'magic [secret]'; got 'magic abc'",
      },
    ]);
  });

  test.each([
    [[{ pattern: 'key' }], 'blanks out nothing: what is secret must stand in a group, as in key (\\S+)'],
    [[{ pattern: 'key (\\S+' }], 'is no regular expression'],
    [[{ pattern: 'key (\\S+)', utill: 'x' }], "unknown key 'utill'; did you mean 'until'"],
    [['key (\\S+)'], 'must be a mapping'],
  ])('%j is refused', (secretLines, message) => {
    const { problems } = checkPlatform({ ...own, secretLines });
    expect(problems.map((problem) => problem.message).join('\n')).toContain(message);
  });
});
