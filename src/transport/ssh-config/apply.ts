import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';
import { OptionError } from '../../base/index.js';
import type { ConnectionOptions, HostKeyOptions } from '../connection.js';
import type { ConnectionTarget, JumpHost, RouteOptions, SshOptions } from '../target.js';
import { succeeds } from './command.js';
import { currentConfig } from './current.js';
import { expandPath, expandTokens } from './expand.js';
import { refuseLoops } from './loops.js';
import { type Resolved, resolveConfig } from './resolve.js';

/** A target and its options with what ssh_config(5) says about it. */
export interface Configured {
  readonly target: ConnectionTarget;
  readonly options: ConnectionOptions;
  /** How long the connection itself may take where it goes straight to the host; absent: no limit of its own. */
  readonly connectTimeoutMs?: number | undefined;
}

/**
 * Fills in what a target leaves open from the user's SSH configuration: what the target says itself always counts.
 * @throws OptionError with `file:line`; AbortedError.
 */
export async function applySshConfig(target: ConnectionTarget, options: ConnectionOptions): Promise<Configured> {
  const { ssh = {}, route = {} } = target;
  if (ssh.configFile === 'none') return { target, options };
  const config = await currentConfig(ssh.configFile);
  const run = (command: string, where: string): Promise<boolean> => succeeds(command, where, options);
  const asked = {
    host: target.host,
    username: target.username || undefined,
    port: target.port,
    hostKeyAlias: ssh.hostKeyAlias,
    wayIsGiven: (route.jump ?? route.proxyCommand ?? route.socks) !== undefined,
  };
  const resolved = await resolveConfig(config, asked, run);
  await refuseLoops({ asked, resolved, config, run });
  const { settings, host } = resolved;
  return {
    target: {
      ...target,
      host: settings.hostname === undefined ? target.host : host,
      port: target.port ?? settings.port,
      username: target.username || settings.user,
      ssh: sshOptions(ssh, resolved),
      route: routeOptions(target, resolved),
    },
    options: { ...options, hostKeys: hostKeyOptions(options.hostKeys, resolved) },
    connectTimeoutMs: settings.connectTimeoutMs === 0 ? undefined : settings.connectTimeoutMs,
  };
}

function sshOptions(ssh: SshOptions, { settings, tokens }: Resolved): SshOptions {
  const path = (located: { text: string; where: string }): string => expandPath(located, tokens);
  const isFile = ({ text }: { text: string }): boolean => text.toLowerCase() !== 'none';
  const { identityFiles, certificateFiles, identitiesOnly, publicKeys, aliveIntervalMs } = settings;
  const { kex = [], ciphers = [], macs = [], hostKeyAlgorithms = [], publicKeyAlgorithms = [] } = settings;
  const legacy = new Set([...kex, ...ciphers, ...macs, ...hostKeyAlgorithms, ...publicKeyAlgorithms]);
  const agent = agentOf(settings.identityAgent, path);
  const noAgent = agent === 'none' || identitiesOnly === true || publicKeys === false;
  const certificate = ssh.keyFile === undefined ? certificateFiles.find(isFile) : undefined;
  return {
    ...ssh,
    ...(identityFiles.length === 0 ? {} : { identityFiles: identityFiles.filter(isFile).map(path) }),
    certificateFile: ssh.certificateFile ?? (certificate && path(certificate)),
    useKeys: ssh.useKeys ?? (publicKeys === false ? false : undefined),
    allowAgent: ssh.allowAgent ?? (noAgent ? false : undefined),
    agentSocket: ssh.agentSocket ?? (agent === 'none' ? undefined : agent),
    hostKeyAlias: settings.hostKeyAlias,
    legacyAlgorithms: ssh.legacyAlgorithms ?? (legacy.size === 0 ? undefined : [...legacy]),
    keepaliveMs: ssh.keepaliveMs ?? (aliveIntervalMs === 0 ? undefined : aliveIntervalMs),
  };
}

/** Returns where the agent listens; undefined where the usual place is right. */
function agentOf(
  located: { text: string; where: string } | undefined,
  path: (located: { text: string; where: string }) => string,
): string | undefined {
  if (located === undefined || located.text === 'SSH_AUTH_SOCK') return undefined;
  if (located.text.toLowerCase() === 'none') return 'none';
  const [, name] = /^\$(\w+)$/.exec(located.text) ?? [];
  return name === undefined ? path(located) : (process.env[name] ?? 'none');
}

function routeOptions({ route = {}, ssh, host }: ConnectionTarget, { settings, tokens }: Resolved): RouteOptions {
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
function withOriginalHost(
  { text, where }: { text: string; where: string },
  tokens: Readonly<Record<string, string>>,
): string {
  return text.replace(/%(.)/gs, (token, letter: string) => {
    if (letter !== 'n') return token;
    const { n = '' } = tokens;
    if (HARMLESS.test(n)) return n.replaceAll('%', '%%');
    throw new OptionError(`ssh_config ${where}: %n is the host '${n}', which a shell would read as more than a name`);
  });
}

function addressOfInterface(name: string | undefined, family: 4 | 6 = 4): string | undefined {
  if (name === undefined) return undefined;
  const addresses = networkInterfaces()[name] ?? [];
  const fitting = addresses.filter((one) => one.family === `IPv${family}` && !(family === 6 && one.scopeid !== 0));
  const [first] = fitting;
  if (first !== undefined) return first.address;
  throw new OptionError(`ssh_config: BindInterface names '${name}', which has no IPv${family} address here`, {
    phase: 'connect',
  });
}

/** The configuration can make the check stricter and never weaker (docs/decisions/303). */
function hostKeyOptions(given: HostKeyOptions = {}, { settings, tokens }: Resolved): HostKeyOptions {
  const { strict, userKnownHosts, globalKnownHosts } = settings;
  const { policy = 'accept-new' } = given;
  const files = [userKnownHosts, globalKnownHosts].map((list) => list?.map((file) => expandPath(file, tokens)));
  const [user, machine] = files;
  return {
    ...given,
    policy: strict === true && policy === 'accept-new' ? 'strict' : policy,
    ...(user === undefined ? {} : { userKnownHostsFiles: user }),
    ...(machine === undefined ? {} : { globalKnownHostsFiles: machine }),
  };
}
