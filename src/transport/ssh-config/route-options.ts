import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { OptionError } from '../../base/index.js';
import type { ConnectionTarget, JumpHost, RouteOptions } from '../target.js';
import { expandTokens, type Tokens } from './expand.js';
import type { Resolved } from './resolve.js';
import type { Located } from './settings.js';

/** Returns the way of a target with what its configuration says of it. @throws OptionError with `file:line`. */
export function routeOptions(
  { route = {}, ssh, host }: ConnectionTarget,
  { settings, tokens }: Resolved,
): RouteOptions {
  const { jump, command } = settings;
  const { addressFamily = settings.addressFamily } = route;
  const family = addressFamily === 'any' ? undefined : addressFamily;
  const hops = jump?.hops.map((hop): JumpHost => {
    const where = jump.where;
    const at = expandTokens({ text: hop.host, where }, tokens);
    const username = hop.username === undefined ? undefined : expandTokens({ text: hop.username, where }, tokens);
    const { configFile } = ssh ?? {};
    return { host: at, port: hop.port, username, ...(configFile === undefined ? {} : { ssh: { configFile } }) };
  });
  const sourceAddress =
    route.sourceAddress ??
    settings.bindAddress ??
    addressOfInterface(settings.bindInterface, family ?? (isIPv6(host) ? 6 : undefined));
  return {
    ...route,
    ...(hops === undefined || hops.length === 0 ? {} : { jump: hops }),
    ...(command === undefined || command.text === '' ? {} : { proxyCommand: withOriginalHost(command, tokens) }),
    sourceAddress,
    addressFamily: family,
  };
}

/** What may stand in a command that a shell reads without being read as part of it. */
const HARMLESS = /^[\w.:@%+[\]][\w.:@%+[\]-]*$/;

/** Fills in `%n`, which only this place knows; `%h`, `%p` and `%r` are filled in by who runs the command. */
function withOriginalHost({ text, where }: Located, tokens: Tokens): string {
  return text.replace(/%(.)/gs, (token, letter: string) => {
    if (letter !== 'n') return token;
    const n = tokens('n') ?? '';
    if (HARMLESS.test(n)) return n.replaceAll('%', '%%');
    throw new OptionError(`ssh_config ${where}: %n is the host '${n}', which a shell would read as more than a name`);
  });
}

function addressOfInterface(located: Located | undefined, family: 4 | 6 = 4): string | undefined {
  if (located === undefined) return undefined;
  const { text: name, where } = located;
  // An address that holds on one link only needs that link's name as well, and leads nowhere else.
  const fitting = networkInterfaces()[name]?.filter((one) => one.family === `IPv${family}` && !one.scopeid);
  const address = fitting?.[0]?.address;
  if (address !== undefined) return address;
  const says = `BindInterface names '${name}', which has no IPv${family} address here`;
  throw new OptionError(`ssh_config ${where}: ${says}`, { phase: 'connect' });
}
