import { quote } from '../../base/index.js';
import type { JumpText } from './settings.js';
import { BadValue, isNone } from './values.js';

/** Reads the hops of ProxyJump; none for `none`. @throws BadValue. */
export function jumpList(text: string): readonly JumpText[] {
  return isNone(text) ? [] : text.split(',').map((hop) => jumpText(hop.trim()));
}

/** Reads `[user@]host[:port]` or `ssh://[user@]host[:port]`; IPv6 addresses stand in brackets. */
function jumpText(text: string): JumpText {
  const [, scheme, authority = text] = /^(ssh:\/\/)(.*?)\/?$/i.exec(text) ?? [];
  const at = authority.lastIndexOf('@');
  const user = authority.slice(0, Math.max(at, 0));
  const [, inBrackets, plain, portText] =
    /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(authority.slice(at + 1)) ?? [];
  const host = inBrackets ?? plain;
  const port = portText === undefined ? undefined : Number(portText);
  if (host === undefined || at === 0 || (port !== undefined && (port < 1 || port > 65_535))) {
    throw new BadValue(`expected hosts with commas between them, [user@]host[:port]; got ${quote(text)}`);
  }
  const username = scheme === undefined ? user : decodeURIComponent(user);
  return { host, ...(username === '' ? {} : { username }), ...(port === undefined ? {} : { port }) };
}
