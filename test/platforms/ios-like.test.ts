import { loadPlatform } from 'rollcall/platforms';
import { describe, expect, test } from 'vitest';

const ios = loadPlatform('cisco_ios');

/** The text that ends the block which a line begins; undefined where it begins none. */
function endOf(line: string): string | undefined {
  for (const { start, end } of ios.blocks ?? []) {
    const match = new RegExp(start, 'u').exec(line);
    if (match !== null) return match.groups?.delimiter ?? end;
  }
  return undefined;
}

describe('a block of text on IOS', () => {
  test.each([
    ['banner motd #', '#'],
    ['banner login ^C', '^C'],
    ['banner exec @ first line', '@'],
    ['  banner motd ^CFirst line', '^C'],
    ['aaa authentication fail-message $', '$'],
    ['crypto pki authenticate CA1', 'quit'],
    ['crypto pki import CA1 certificate', 'quit'],
    ['crypto ca authenticate CA1', 'quit'],
  ])('%s ends with %s', (line, end) => expect(endOf(line)).toBe(end));

  test.each([
    'banner motd #all on one line#',
    'banner login ^Con one line^C',
    'no banner motd',
    'description banner motd #',
    'aaa authentication login default local',
    'crypto pki trustpoint CA1',
  ])('%s is a line like others', (line) => expect(endOf(line)).toBeUndefined());
});

describe('lines that may be sent before the one above is answered, on IOS', () => {
  const ahead = (line: string): boolean => (ios.ahead ?? []).some((source) => new RegExp(source, 'u').test(line));

  test.each([
    ...[
      'ip route 10.0.0.0 255.0.0.0 192.0.2.1',
      'no ip route 10.0.0.0 255.0.0.0 Null0',
      'ipv6 route 2001:db8::/32 Null0',
    ],
    ...[
      'access-list 101 permit ip any any',
      'no access-list 10 deny 192.0.2.1',
      'ip prefix-list P seq 5 permit 10.0.0.0/8',
    ],
    ...[' permit tcp any any eq 22', ' 10 deny ip any any log', ' remark guests'],
  ])('%s', (line) => expect(ahead(line)).toBe(true));

  test.each([
    ...[
      'interface Vlan1',
      'router ospf 1',
      'ip access-list extended A',
      'no ip access-list extended A',
      'no username bob',
    ],
    ...[
      'crypto key generate rsa',
      'banner motd #',
      'exit',
      'end',
      'ip route',
      'no access-list 10',
      'route-map M permit 10',
    ],
    ...['reload', 'default interface Vlan1', 'do copy run start'],
  ])('not %s', (line) => expect(ahead(line)).toBe(false));
});

describe("a name's cut", () => {
  test('is told for the mode of configuration alone', () => {
    const limits = Object.entries(ios.modes).map(([mode, { hostLimit }]) => [mode, hostLimit]);
    expect(limits.filter(([, limit]) => limit !== undefined)).toEqual([['config', 20]]);
  });
});
