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
