import { describe, expect, test } from 'vitest';
import { Deadline, type RollcallError, Secret } from '#dist/base/index.js';
import { openConnection, type RouteOptions } from '#dist/transport/index.js';
import { fillIn } from '#dist/transport/route/proxy-command.js';
import { ownSurroundings } from './surroundings.ts';

ownSurroundings();

async function refusal(route: unknown): Promise<RollcallError> {
  const target = { host: '127.0.0.1', port: 9, transport: 'telnet', route: route as RouteOptions } as const;
  return openConnection(target, { deadline: Deadline.after(1_000) }).then(
    () => {
      throw new Error('it was not refused');
    },
    (error: RollcallError) => error,
  );
}

describe('a route that is none is refused at the door', () => {
  const host = 'bastion.example.net';
  test.each([
    [{ jmup: [] }, /route has no option 'jmup'; did you mean 'jump'\?/],
    [{ jump: { host } }, /route\.jump must be a list of SSH hosts; got an object/],
    [{ jump: [{ host: '' }] }, /route\.jump\[0\]\.host must be a name or an address; got the text ""/],
    [{ jump: [{ host }, { host, port: 0 }] }, /route\.jump\[1\]\.port must be a whole number from 1 to 65535; got 0/],
    [
      { jump: [{ host, password: 'plain-text' }] },
      /route\.jump\[0\]\.password must be a Secret \(new Secret\(text\)\)/,
    ],
    [{ jump: [{ host, ssh: { passphrase: 'plain-text' } }] }, /route\.jump\[0\]\.ssh\.passphrase must be a Secret/],
    [{ jump: [{ host, ssh: { key: 'k' } }] }, /route\.jump\[0\]\.ssh has no option 'key'/],
    [{ jump: [{ host, user: 'x' }] }, /route\.jump\[0\] has no option 'user'/],
    [{ socks: { host, port: 99_999 } }, /route\.socks\.port must be/],
    [{ socks: { host, password: new Secret('') } }, /route\.socks\.password must have 1 to 255 bytes; it has 0/],
    [{ socks: { host, username: 'x'.repeat(256) } }, /route\.socks\.username must have 1 to 255 bytes; it has 256/],
    [{ jump: [{ host }], socks: { host } }, /only one of these can be the way; got route\.jump and route\.socks/],
    [{ proxyCommand: 'nc %h %p', socks: { host } }, /got route\.proxyCommand and route\.socks/],
    [{ sourceAddress: 'eth0' }, /route\.sourceAddress must be an IPv4 or IPv6 address; got the text "eth0"/],
    [{ sourceAddress: '127.0.0.1', addressFamily: 6 }, /must be an IPv6 address, as route\.addressFamily says/],
    [{ addressFamily: 5 }, /route\.addressFamily must be 4 or 6; got 5/],
    [{ networkDevice: 7 }, /route\.networkDevice must be a text; got 7/],
  ])('%j', async (route, message) => {
    const error = await refusal(route);
    expect(error).toMatchObject({ name: 'OptionError', code: 'bad_option', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('plain-text');
  });

  test.runIf(process.platform !== 'linux')('a network device where there is no way to use it', async () => {
    expect((await refusal({ networkDevice: 'eth0' })).message).toContain('is for Linux only');
  });
});

describe('the tokens of a proxy command', () => {
  const target = { host: 'r1.example.net', port: 2222, username: 'ann' };

  test('stand for the host, the port, the user and a percent sign', () => {
    expect(fillIn('nc -X 5 %h %p # %r %n %% 100%%', target)).toBe(
      'nc -X 5 r1.example.net 2222 # ann r1.example.net % 100%',
    );
    expect(fillIn('ssh -W [%h]:%p b', { host: '2001:db8::1', port: 22 })).toBe('ssh -W [2001:db8::1]:22 b');
  });

  test.each([
    ['%x', /route\.proxyCommand: %x is none of %h \(host\)/],
    ['nc %h 22 %', /route\.proxyCommand: % is none of/],
  ])('%s is none', (template, message) => {
    expect(() => fillIn(template, target)).toThrow(message);
  });

  test('%r needs a user', () => {
    expect(() => fillIn('nc %r', { host: 'r1', port: 22 })).toThrow('%r is the user name, and none is given');
  });

  test.each(['-oProxyCommand=x', 'r1;reboot', '$(reboot)', '`reboot`', 'a b', "r1'", 'r1\n', 'r1|x', 'r1>x', 'r1\\'])(
    'a host that a shell would read as more than a name is refused: %j',
    (host) => {
      expect(() => fillIn('nc %h %p', { host, port: 22 })).toThrow(/that could be more than a name to the shell/);
    },
  );
});
