// What ssh itself makes of a file is the measure: `ssh -G` resolves one for a host and prints the outcome.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { needOrSkip } from '../../real/needs.ts';
import { answerOfSsh, leadsInACircle, ourAnswer } from './ssh-g.ts';

needOrSkip('openssh-client');

const folder = mkdtempSync(join(tmpdir(), 'rollcall-ssh-config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

function written(text: string): string {
  count += 1;
  const path = join(folder, `config-${count}`);
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

const me = userInfo().username;
const included = join(folder, 'included');
mkdirSync(join(included, 'more'), { recursive: true, mode: 0o700 });
for (const [name, text] of [
  ['10-first.conf', 'User from-first\nHost r1\n  Port 1010\n'],
  ['20-second.conf', 'User from-second\nHost *\n  Port 2020\n'],
  ['.hidden.conf', 'HostKeyAlias hidden\n'],
  ['a[1].conf', 'HostKeyAlias bracket\n'],
  ['more/nested.conf', `Include ${included}/10-*.conf\nHostKeyAlias nested\n`],
] as const) {
  writeFileSync(join(included, name), text, { mode: 0o600 });
}

const BY_HAND: readonly (readonly [name: string, text: string, host?: string])[] = [
  ['nothing', ''],
  ['an alias', 'Host r1\n HostName 10.0.0.1\n Port 2222\n User cisco\n'],
  ['the first value of two', 'User one\nHost r1\nUser two\n'],
  ['another host', 'Host r2\nUser two\nHost *\nUser all\n'],
  ['patterns', 'Host r? sw*\nUser a\nHost *1\nPort 5\n'],
  ['a pattern is not a regular expression', 'Host r.\nUser a\nHost r+\nUser b\nHost ?1\nUser c\n'],
  ['a negated pattern', 'Host * !r1\nUser a\nHost !r1 *\nUser b\nHost !r2 *\nUser c\n'],
  ['only a negated pattern', 'Host !r2\nUser a\n'],
  ['capitals in Host', 'Host r1\nUser a\nHost R1\nUser b\n', 'R1'],
  ['capitals in Match', 'Match host R1 originalhost r1\nUser a\n', 'R1'],
  ['capitals in HostName', 'HostName %h.Example.NET\nIdentityFile ~/%h-%n\n', 'R1'],
  ['tokens of HostName', 'HostName %h.x%%\n'],
  ['a wrong token of HostName', 'HostName %n.x\n'],
  ['keywords in any letters', 'uSER a\nPORT 4\n'],
  ['equals signs', 'User=a\nPort = 4\nHostKeyAlias= x\nServerAliveInterval =3\n'],
  ['tabs, form feeds and carriage returns', '\tUser\ta\t\r\n  Port 4 \f\r\n'],
  ['comments', '# User x\n  # User y\nUser a # b\nHost r1 # c\nPort 4#x\n'],
  ['a comment behind a number', 'Host r1 # c\nPort 4 #x\n'],
  ['a # within a word', 'User a#b\n'],
  ['quotes', 'User "a b"\nIdentityFile "/tmp/a b"\nIdentityFile \'/tmp/c d\'\nHost "r1"\nPort 4\n'],
  ['escapes', 'User a\\ b\nIdentityFile "/tmp/a\\"b"\nIdentityFile /tmp/a\\\\b\nIdentityFile /tmp/a\\b\n'],
  ['quotes in the middle', 'User a"b c"d\n'],
  ['an open quote', 'User "a\n'],
  ["an apostrophe that isn't closed", "ProxyCommand echo it's\n"],
  ['a keyword without a value', 'User\n'],
  ['an empty value', 'User ""\n'],
  ['two values', 'User a b\n'],
  ['port 0', 'Port 0\n'],
  ['a port that is too high', 'Port 70000\n'],
  ['a port that is no number', 'Port 22x\n'],
  ['a port by its name', 'Port telnet\n'],
  ['a wrong port for another host', 'Host r2\nPort x\n'],
  ['times', 'ConnectTimeout 1h2m3\nServerAliveInterval 1M30S\n'],
  ['days and weeks', 'ConnectTimeout 1w2d\n'],
  ['no time', 'ConnectTimeout none\nConnectTimeout 5\n'],
  ['a time of 0', 'ServerAliveInterval 0\nServerAliveInterval 5\n'],
  ['a wrong time', 'ConnectTimeout soon\n'],
  ['a wrong unit', 'ConnectTimeout 5y\n'],
  ['families', 'AddressFamily INET\nAddressFamily inet6\n'],
  ['any family', 'AddressFamily any\nAddressFamily inet6\n'],
  ['a wrong family', 'AddressFamily ipv4\n'],
  ['an address of this machine', 'BindAddress 127.0.0.1\n'],
  ['strict', 'StrictHostKeyChecking Yes\n'],
  ['not strict', 'StrictHostKeyChecking accept-new\nStrictHostKeyChecking yes\n'],
  ['asked for', 'StrictHostKeyChecking ask\n'],
  ['a wrong word for strict', 'StrictHostKeyChecking maybe\n'],
  ['known hosts', 'UserKnownHostsFile ~/a /tmp/%k-%p "/tmp/b c"\nGlobalKnownHostsFile /tmp/d\n'],
  ['no known hosts', 'UserKnownHostsFile none\nGlobalKnownHostsFile none\n'],
  ['known hosts and none', 'UserKnownHostsFile none /tmp/x\n'],
  ['the environment', 'UserKnownHostsFile $' + '{PATH}/x\n'],
  ['what the environment lacks', 'UserKnownHostsFile $' + '{NO_SUCH_NAME_HERE}/x\n'],
  ['an unknown token', 'UserKnownHostsFile /tmp/%z\n'],
  ['keys add up, each once', 'IdentityFile /a\nHost r1\nIdentityFile /b\nIdentityFile /a\nHost *\nIdentityFile /c\n'],
  ['tokens of keys', 'HostName h\nUser u\nPort 3\nIdentityFile ~/%h/%n/%p/%r/%u/%d/%L/%%\n'],
  ['no keys', 'IdentityFile none\n'],
  ['no keys and one', 'IdentityFile none\nIdentityFile /a\n'],
  ['only those keys', 'IdentitiesOnly yes\nIdentityFile /a\n'],
  ['a wrong word for yes', 'IdentitiesOnly on\n'],
  ['an agent', 'HostName h\nIdentityAgent ~/agent-%h\n'],
  ['the usual agent', 'IdentityAgent SSH_AUTH_SOCK\nIdentityAgent /x\n'],
  ['a jump', 'Host r1\nProxyJump user@hop:2022\n'],
  ['three jumps', 'Host r1\nProxyJump a,b@c:3,[2001:db8::1]:4\n'],
  ['a jump as a URI', 'Host r1\nProxyJump ssh://a@b:4\n'],
  ['a jump with tokens', 'Host r1\nHostName h\nProxyJump %h-hop\n'],
  ['a jump with two @', 'Host r1\nProxyJump a@b@c:3\n'],
  ['no jump, then one', 'ProxyJump none\nProxyJump a\n'],
  ['no jump, then a command', 'ProxyJump none\nProxyCommand nc %h %p\n'],
  ['no command, then a jump', 'ProxyCommand none\nProxyJump a\n'],
  ['a jump, then a command', 'Host r1\nProxyJump a\nProxyCommand nc\n'],
  ['a command, then a jump', 'ProxyCommand nc\nProxyJump a\n'],
  ['an empty jump', 'ProxyJump a,,b\n'],
  ['a jump without a host', 'ProxyJump a@\n'],
  ['a jump without a user', 'ProxyJump @a\n'],
  ['a jump to IPv6 without brackets', 'ProxyJump ::1\n'],
  ['a jump to port 0', 'ProxyJump a:0\n'],
  ['a command with everything', 'ProxyCommand=  nc -X "a b" %h \\x %p # no comment\n'],
  ['Match all', 'Match all\nUser a\n'],
  ['Match !all', 'Match !all\nUser a\nMatch all\nUser b\n'],
  [
    'Match host after HostName',
    'Host r1\nHostName 10.0.0.1\nMatch host 10.0.0.*\nUser a\nMatch originalhost r1\nPort 9\n',
  ],
  ['Match with lists', `Match user a,${me} !localuser nobody,root-not host r*,!r2\nPort 3\n`],
  ['Match with a negation that fits', 'Match host r*,!r1\nUser a\n'],
  ['Match after User', 'Match user late\nPort 1\nUser late\nMatch user late\nPort 2\n'],
  ['Match with two of one kind', 'Match host r* host *1\nUser a\nMatch host r* host *2\nPort 4\n'],
  ['Match with =', 'Match host=r1 user=root,x\nPort 4\nMatch !host=r2\nUser b\n'],
  ['Match exec', 'Match exec "test %h = r1"\nUser a\nMatch exec "test %n = r2"\nPort 4\n'],
  ['Match !exec', 'Match host r1 !exec false\nUser a\nMatch host r2 exec true\nPort 4\n'],
  [
    'Match exec with tokens',
    'HostName h\nUser u\nPort 3\nHostKeyAlias k\nMatch exec "test %h%n%p%r%k = hr13uk"\nServerAliveInterval 9\n',
  ],
  ['Match final', 'Host r1\nHostName 10.0.0.1\nMatch final\nUser a\nMatch final host 10.*\nPort 4\n'],
  ['Match !final', 'Match !final\nUser a\nMatch final\nPort 4\n'],
  ['Match final all', 'Match final all\nUser a\n'],
  ['a second pass goes by the new name', 'Match final\nHost 10.0.0.1\nUser a\nHost r1\nHostName 10.0.0.1\n'],
  [
    'a second pass keeps the first values',
    'Host r1\nHostName h\nUser a\nIdentityFile /a\nHost h\nUser b\nIdentityFile /b\nMatch final\nPort 4\n',
  ],
  ['Match canonical', 'CanonicalizeHostname yes\nMatch canonical\nUser a\n'],
  ['Match canonical without', 'Match canonical\nUser a\n'],
  ['Match with nothing', 'Match\nUser a\n'],
  ['Match with an unknown word', 'Match planet earth\n'],
  ['Match without what to compare', 'Match host\n'],
  ['Match all and more', 'Match all host r1\n'],
  ['Match more, then all', 'Match host r1 all\nUser a\nMatch host r1 user x all\n'],
  ['Host without a pattern', 'Host\nUser a\n'],
  ['Include', `Include ${included}/10-first.conf\nUser late\n`],
  ['Include by a pattern, in order', `Include ${included}/*.conf\n`],
  ['Include by a class', `Include ${included}/[!1]0-*.conf\n`],
  ['Include by a pattern in a folder', `Include ${included}/m*/n?sted.conf\n`],
  ['Include of two', `Include ${included}/20-second.conf ${included}/more/nested.conf\n`],
  ['Include in a Host block', `Host r1\nInclude ${included}/10-first.conf\nPort 7\n`],
  ['Include in the block of another host', `Host r2\nInclude ${included}/10-first.conf\nHost r1\nPort 7\n`],
  ['the block goes on after an Include', `Host r2\nInclude ${included}/20-second.conf\nUser a\nHost *\nPort 7\n`],
  ['Include of nothing', 'Include /no/such/file\nUser a\n'],
  ['Include of an empty path', 'Include ""\n'],
  ['Include of a broken file for another host', `Host r2\nInclude ${written('Port x\n')}\n`],
  [
    'more algorithms',
    'KexAlgorithms +diffie-hellman-group1-sha1\nCiphers +aes128-cbc,3des-cbc\nHostKeyAlgorithms +ssh-rsa\n',
  ],
  [
    'algorithms in front',
    'KexAlgorithms ^diffie-hellman-group14-sha1\nMACs ^hmac-md5\nPubkeyAcceptedAlgorithms ^ssh-rsa\n',
  ],
  [
    'other algorithms',
    'HostKeyAlgorithms ssh-rsa,ssh-ed25519\nKexAlgorithms curve25519-sha256,diffie-hellman-group1-sha1\n',
  ],
  ['fewer algorithms', 'HostKeyAlgorithms -ssh-ed25519\nCiphers -aes128-*\n'],
  ['algorithms by their old keyword', 'PubkeyAcceptedKeyTypes +ssh-rsa\n'],
  ['no public keys', 'PubkeyAuthentication no\n'],
];

test.each(BY_HAND)('%s', async (...[, text = '', host = 'r1']) => {
  const file = written(text);
  expect(await ourAnswer(file, host)).toEqual(await answerOfSsh(file, host));
});

test('what is given goes before the file, also in Match', async () => {
  const file = written('User a\nPort 3\nMatch user given\nHostKeyAlias x\nHost r1\nProxyJump hop\n');
  const given = await ourAnswer(file, 'r1', { username: 'given', port: 4, route: { jump: [] } });
  expect(given).toEqual(await answerOfSsh(file, 'r1', ['-l', 'given', '-p', '4', '-J', 'none']));
});

test('the file that the documentation shows', async () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'ways-in.md'), 'utf8');
  const [, text = ''] = /## ssh_config[\s\S]*?```text\n([\s\S]*?)```/.exec(page) ?? [];
  const file = written(text);
  for (const host of ['lab-1', 'bastion.example.net', '192.0.2.1']) {
    expect(await ourAnswer(file, host)).toEqual(await answerOfSsh(file, host));
  }
  expect(await ourAnswer(file, 'lab-1')).toMatchObject({ jump: 'me@bastion.example.net,inner', user: 'admin' });
});

describe('any configuration', () => {
  const host = fc.constantFrom('r1', 'r2', 'sw1', 'r1.example.net', 'R1');
  const pattern = fc.constantFrom('*', 'r*', '?1', 'r1', 'sw*', '*.example.net', '!r1', '!*.net', '10.0.0.?', 'R1');
  const name = fc.constantFrom('a', 'b', 'x y', 'c#d', me);
  const quoted = (value: string): string => (/ /.test(value) ? `"${value}"` : value);
  const line = (keyword: string, value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.constantFrom(keyword, keyword.toLowerCase(), `  ${keyword}`),
        fc.constantFrom(' ', '=', ' = ', '\t'),
        value,
      )
      .map(([word, between, text]) => `${word}${between}${text}`);
  const file = fc.constantFrom('/a', '~/.ssh/%n', '/k/%h-%p-%r', '"/b c"', 'none');
  const hop = fc.constantFrom('hop', 'u@hop', 'hop:2022', '[2001:db8::1]:22', 'u@10.9.9.9:9');
  const setting = fc.oneof(
    line('HostName', fc.constantFrom('10.0.0.1', '%h.example.net', 'r2', 'Big')),
    line('User', name.map(quoted)),
    line('Port', fc.constantFrom('1', '22', '65535', '2022 # why')),
    line('IdentityFile', file),
    line('UserKnownHostsFile', fc.constantFrom('/k/%k', '~/x "/y z"', 'none')),
    line('HostKeyAlias', fc.constantFrom('alias', 'other')),
    line('StrictHostKeyChecking', fc.constantFrom('yes', 'no', 'ask', 'accept-new', 'off')),
    line('ProxyJump', fc.oneof(fc.array(hop, { minLength: 1, maxLength: 3 }).map(String), fc.constant('none'))),
    line('ProxyCommand', fc.constantFrom('nc %h %p', 'none', 'sh -c "a b"')),
    line('AddressFamily', fc.constantFrom('any', 'inet', 'inet6')),
    line('ConnectTimeout', fc.constantFrom('5', '1m', 'none')),
    line('ServerAliveInterval', fc.constantFrom('0', '30', '2m5')),
    line('IdentitiesOnly', fc.constantFrom('yes', 'no')),
    line('KexAlgorithms', fc.constantFrom('+diffie-hellman-group1-sha1', '^diffie-hellman-group14-sha1', '-curve*')),
    line('HostKeyAlgorithms', fc.constantFrom('+ssh-rsa', 'ssh-rsa', '-ssh-rsa')),
    line('Compression', fc.constantFrom('yes', 'no')),
    line('Include', fc.constantFrom(`${included}/*.conf`, `${included}/more/nested.conf`, '/no/such/file')),
    fc.constantFrom('', '# User nobody'),
  );
  const list = fc.array(pattern, { minLength: 1, maxLength: 3 });
  const criterion = fc.oneof(
    fc
      .tuple(fc.constantFrom('host', 'originalhost', '!host', '!originalhost'), list.map(String))
      .map((two) => two.join(' ')),
    fc
      .tuple(fc.constantFrom('user', 'localuser', '!user'), fc.constantFrom('a', `${me},b`, '?', '*,!a'))
      .map((two) => two.join(' ')),
    fc.constantFrom(
      'final',
      '!final',
      'canonical',
      'exec "test %h = r1"',
      '!exec false',
      'exec "test %r = a"',
      'exec "test %k = R1"',
    ),
  );
  const head = fc.oneof(
    list.map((patterns) => `Host ${patterns.join(' ')}`),
    fc.array(criterion, { minLength: 1, maxLength: 3 }).map((criteria) => `Match ${criteria.join(' ')}`),
    fc.constant('Match all'),
  );
  const block = fc.tuple(head, fc.array(setting, { maxLength: 4 })).map(([first, rest]) => [first, ...rest].join('\n'));
  const config = fc
    .tuple(fc.array(setting, { maxLength: 3 }), fc.array(block, { maxLength: 5 }))
    .map(([top, blocks]) => `${[...top, ...blocks].join('\n')}\n`);

  test('means the same to ssh', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(config, host, async (text, name) => {
        const path = written(text);
        const [ours, theirs] = await Promise.all([ourAnswer(path, name), answerOfSsh(path, name)]);
        // ssh -G looks at one host only; ssh itself would find the circle on its way.
        if (ours === 'circle') expect(await leadsInACircle(path, name)).toBe(true);
        else expect(ours).toEqual(theirs);
      }),
      { numRuns: 300 },
    );
  });
});

test('the home here is the one that ssh knows', () => {
  expect(homedir()).toBe(userInfo().homedir);
});
