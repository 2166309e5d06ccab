import { access } from 'node:fs/promises';
import type { ConnectionOptions, HostKeyOptions } from '../connection.js';
import type { ConnectionTarget, SshOptions } from '../target.js';
import { succeeds } from './command.js';
import { currentConfig } from './current.js';
import { expandPath } from './expand.js';
import { refuseLoops } from './loops.js';
import { type Resolved, resolveConfig } from './resolve.js';
import { routeOptions } from './route-options.js';
import type { Located } from './settings.js';

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
      ssh: { ...sshOptions(ssh, resolved), certificateFile: await certificateFor(target, resolved) },
      route: routeOptions(target, resolved),
    },
    options: { ...options, hostKeys: hostKeyOptions(options.hostKeys, resolved) },
    connectTimeoutMs: settings.connectTimeoutMs === 0 ? undefined : settings.connectTimeoutMs,
  };
}

const isGiven = ({ text }: Located): boolean => text.toLowerCase() !== 'none';

/** The first certificate that is there, where the keys that it may belong to are offered at all. */
async function certificateFor(
  { password, ssh = {} }: ConnectionTarget,
  { settings, tokens }: Resolved,
): Promise<string | undefined> {
  const { certificateFile, keyFile, useKeys = password === undefined && keyFile === undefined } = ssh;
  if (certificateFile !== undefined || !useKeys) return certificateFile;
  for (const located of settings.certificateFiles.filter(isGiven)) {
    const path = expandPath(located, tokens);
    const there = await access(path).then(
      () => true,
      () => false,
    );
    if (there) return path;
  }
  return undefined;
}

function sshOptions(ssh: SshOptions, { settings, tokens }: Resolved): SshOptions {
  const path = (located: Located): string => expandPath(located, tokens);
  const { identityFiles, identitiesOnly, publicKeys, aliveIntervalMs } = settings;
  const { kex = [], ciphers = [], macs = [], hostKeyAlgorithms = [], publicKeyAlgorithms = [] } = settings;
  const legacy = new Set([...kex, ...ciphers, ...macs, ...hostKeyAlgorithms, ...publicKeyAlgorithms]);
  const agent = agentOf(settings.identityAgent, path);
  const noAgent = agent === 'none' || publicKeys === false;
  return {
    ...ssh,
    identityFiles:
      ssh.identityFiles ?? (identityFiles.length === 0 ? undefined : identityFiles.filter(isGiven).map(path)),
    identitiesOnly: ssh.identitiesOnly ?? identitiesOnly,
    useKeys: ssh.useKeys ?? (publicKeys === false ? false : undefined),
    allowAgent: ssh.allowAgent ?? (noAgent ? false : undefined),
    agentSocket: ssh.agentSocket ?? (agent === 'none' ? undefined : agent),
    hostKeyAlias: settings.hostKeyAlias,
    legacyAlgorithms: ssh.legacyAlgorithms ?? (legacy.size === 0 ? undefined : [...legacy]),
    keepaliveMs: ssh.keepaliveMs ?? (aliveIntervalMs === 0 ? undefined : aliveIntervalMs),
  };
}

/** Returns where the agent listens; undefined where the usual place is right. */
function agentOf(located: Located | undefined, path: (located: Located) => string): string | undefined {
  if (located === undefined || located.text === 'SSH_AUTH_SOCK') return undefined;
  if (located.text.toLowerCase() === 'none') return 'none';
  const [, name] = /^\$(\w+)$/.exec(located.text) ?? [];
  return name === undefined ? path(located) : (process.env[name] ?? 'none');
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
