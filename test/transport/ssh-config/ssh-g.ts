import { execFile } from 'node:child_process';
import { homedir, hostname, userInfo } from 'node:os';
import { Deadline } from '#dist/base/index.js';
import type { ConnectionTarget } from '#dist/transport/index.js';
import { applySshConfig } from '#dist/transport/ssh-config/apply.js';

/** What both sides say of a host, in one form; a list where there may be several. */
export type Answer = Readonly<Record<string, string | readonly string[]>> | 'refused' | 'circle';

const EVERY_ALGORITHM = ['kexalgorithms', 'ciphers', 'macs', 'hostkeyalgorithms', 'pubkeyacceptedalgorithms'];
const OLD = /-sha1$|^ssh-rsa$|^ssh-dss$|-cbc$|^hmac-(?:sha1|md5)(?:-96|-etm@openssh\.com)?$/;

/** Runs `ssh -G`, which resolves a configuration and prints it; undefined where ssh refuses it. */
function sshG(args: readonly string[]): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  return new Promise((resolve) => {
    execFile('ssh', ['-G', ...args], { timeout: 10_000 }, (error, stdout) => {
      if (error !== null) return resolve(undefined);
      const values = new Map<string, string[]>();
      for (const line of stdout.split('\n')) {
        const [, key = '', value = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
        values.set(key, [...(values.get(key) ?? []), value]);
      }
      resolve(values);
    });
  });
}

let defaults: Promise<ReadonlyMap<string, readonly string[]> | undefined> | undefined;

/** What ssh makes of a file for that host. */
export async function answerOfSsh(file: string, host: string, flags: readonly string[] = []): Promise<Answer> {
  defaults ??= sshG(['-F', 'none', 'nobody']);
  const usual = await defaults;
  const got = await sshG(['-F', file, ...flags, host]);
  if (usual === undefined) throw new Error('ssh -G does not work here');
  if (got === undefined) return 'refused';
  const one = (key: string): string => got.get(key)?.[0] ?? '';
  const own = (key: string): readonly string[] => {
    const values = got.get(key) ?? [];
    return values.join() === usual.get(key)?.join() ? [] : values;
  };
  const [hostName, port, user] = [one('hostname'), one('port'), one('user')];
  // It prints these as they are written: the tokens are filled in here, one by one.
  const fill = (text: string): string =>
    text
      .replace(/^~(?=\/)/, homedir())
      .replaceAll('%h', hostName)
      .replaceAll('%n', host)
      .replaceAll('%p', port)
      .replaceAll('%r', user)
      .replaceAll('%u', userInfo().username)
      .replaceAll('%d', homedir())
      .replaceAll('%L', hostname().replace(/\..*/, ''))
      .replaceAll('%%', '%');
  const files = own('identityfile').filter((path) => path !== 'none');
  return {
    hostName,
    port,
    user,
    addressFamily: one('addressfamily'),
    bindAddress: one('bindaddress'),
    connectTimeout: one('connecttimeout'),
    aliveInterval: one('serveraliveinterval'),
    hostKeyAlias: one('hostkeyalias'),
    strict: String(one('stricthostkeychecking') === 'true'),
    userKnownHosts: own('userknownhostsfile').join(),
    globalKnownHosts: own('globalknownhostsfile').join(),
    identityFiles: files.map(fill),
    agent: one('identityagent').replace(/^SSH_AUTH_SOCK$/, ''),
    noOtherKeys: String(one('identitiesonly') === 'yes'),
    publicKeys: String(one('pubkeyauthentication') !== 'false'),
    // It may put an IPv4 address into brackets as well.
    jump: fill(one('proxyjump')).replace(/\[([\d.]+)\]/g, '$1'),
    command: one('proxycommand'),
    legacy: EVERY_ALGORITHM.flatMap((key) => {
      const before = usual.get(key)?.[0]?.split(',') ?? [];
      return one(key)
        .split(',')
        .filter((name) => OLD.test(name) && !before.includes(name));
    })
      .filter((name, index, all) => all.indexOf(name) === index)
      .sort(),
  };
}

/** Follows ProxyJump as ssh does, which starts another ssh for the first hop, until one comes again. */
export async function leadsInACircle(file: string, host: string): Promise<boolean> {
  const seen = new Set([host]);
  let [name, flags]: [string, readonly string[]] = [host, []];
  for (;;) {
    const answer = await answerOfSsh(file, name, flags);
    // It has a look at the next hop, and refuses one that is the host itself.
    if (answer === 'refused') return seen.size > 1 || name === host;
    const [first = ''] = typeof answer === 'string' ? [] : String(answer.jump).split(',');
    if (first === '') return false;
    if (seen.has(first)) return true;
    seen.add(first);
    const [, user, bracketed, plain = '', port] = /^(?:(.*)@)?(?:\[(.*)\]|([^:]*))(?::(\d+))?$/.exec(first) ?? [];
    name = bracketed ?? plain;
    flags = [...(user === undefined ? [] : ['-l', user]), ...(port === undefined ? [] : ['-p', port])];
  }
}

/** What rollcall makes of it. */
export async function ourAnswer(file: string, host: string, target: Partial<ConnectionTarget> = {}): Promise<Answer> {
  const asked = { host, ...target, ssh: { configFile: file, ...target.ssh } };
  const applied = await applySshConfig(asked, { deadline: Deadline.after(20_000) }).catch((error: Error) =>
    error.message.includes('leads in a circle') ? 'circle' : 'refused',
  );
  if (typeof applied === 'string') return applied;
  const { ssh = {}, route = {}, host: hostName, port = 22, username = userInfo().username } = applied.target;
  const { hostKeys = {} } = applied.options;
  const seconds = (ms: number | undefined, without: string): string => (ms === undefined ? without : `${ms / 1_000}`);
  const listed = (files: readonly string[] | undefined): string =>
    files === undefined ? '' : files.join(' ') || 'none';
  const jump = (route.jump ?? []).map((hop) => {
    const at = hop.host.includes(':') ? `[${hop.host}]` : hop.host;
    return `${hop.username === undefined ? '' : `${hop.username}@`}${at}${hop.port === undefined ? '' : `:${hop.port}`}`;
  });
  const { agentSocket = '', identitiesOnly, useKeys } = ssh;
  return {
    hostName: hostName.toLowerCase(),
    port: String(port),
    user: username,
    addressFamily: { 4: 'inet', 6: 'inet6', 0: 'any' }[route.addressFamily ?? 0],
    bindAddress: route.sourceAddress ?? '',
    connectTimeout: seconds(applied.connectTimeoutMs, 'none'),
    aliveInterval: seconds(ssh.keepaliveMs, '0'),
    hostKeyAlias: ssh.hostKeyAlias ?? '',
    strict: String(hostKeys.policy === 'strict'),
    userKnownHosts: listed(hostKeys.userKnownHostsFiles),
    globalKnownHosts: listed(hostKeys.globalKnownHostsFiles),
    identityFiles: ssh.identityFiles ?? [],
    agent: agentSocket,
    noOtherKeys: String(identitiesOnly === true),
    publicKeys: String(useKeys !== false),
    jump: jump.join(),
    command: route.proxyCommand ?? '',
    legacy: [...(ssh.legacyAlgorithms ?? [])].sort(),
  };
}
