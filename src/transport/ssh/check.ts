import { checkKind, checkNames, got, OptionError, Secret } from '../../base/index.js';
import type { HostKeyOptions } from '../connection.js';
import type { SshOptions } from '../target.js';

const NAMES: readonly (keyof SshOptions)[] = [
  ...(['keyFile', 'passphrase', 'certificateFile', 'useKeys', 'identityFiles', 'identitiesOnly'] as const),
  ...(['allowAgent', 'agentSocket', 'hostKeyAlias', 'legacyAlgorithms', 'keepaliveMs', 'configFile'] as const),
];
const HOST_KEY_NAMES: readonly (keyof HostKeyOptions)[] = [
  ...(['policy', 'knownHostsFile', 'userKnownHostsFiles', 'globalKnownHostsFiles'] as const),
];

/** Checks what SSH is told, of a device or of a host on the way to it. @throws OptionError. */
export function checkSsh(name: string, ssh: SshOptions | undefined): void {
  if (ssh === undefined) return;
  checkNames(name, ssh, NAMES);
  const { keyFile, passphrase, identityFiles } = ssh;
  if (typeof keyFile !== 'string') checkTexts(`${name}.keyFile`, keyFile, 'a path or a list of paths');
  checkTexts(`${name}.identityFiles`, identityFiles);
  for (const one of ['certificateFile', 'agentSocket', 'hostKeyAlias', 'configFile'] as const) {
    checkKind(`${name}.${one}`, ssh[one], 'string');
  }
  for (const one of ['useKeys', 'identitiesOnly', 'allowAgent'] as const) {
    checkKind(`${name}.${one}`, ssh[one], 'boolean');
  }
  // The value is not shown: it may well be the passphrase itself.
  if (passphrase !== undefined && !Secret.is(passphrase)) {
    throw new OptionError(`${name}.passphrase must be a Secret (new Secret(text)); got a ${typeof passphrase}`);
  }
}

/** Checks how host keys are judged: a misspelt `policy` would be no policy. @throws OptionError. */
export function checkHostKeys(hostKeys: HostKeyOptions | undefined): void {
  if (hostKeys === undefined) return;
  checkNames('hostKeys', hostKeys, HOST_KEY_NAMES);
  const { policy, knownHostsFile, userKnownHostsFiles, globalKnownHostsFiles } = hostKeys;
  if (policy !== undefined && !['accept-new', 'strict', 'off'].includes(policy)) {
    throw new OptionError(`hostKeys.policy must be 'accept-new', 'strict' or 'off'; got ${got(policy)}`);
  }
  checkKind('hostKeys.knownHostsFile', knownHostsFile, 'string');
  checkTexts('hostKeys.userKnownHostsFiles', userKnownHostsFiles);
  checkTexts('hostKeys.globalKnownHostsFiles', globalKnownHostsFiles);
}

/**
 * Checks the name that a host's key is known under: in known_hosts (sshd(8)) a blank ends it, a comma parts names, and a
 * pattern would stand for every host that fits. @throws OptionError.
 */
export function checkAlias(alias: string | undefined): void {
  if (alias === undefined || /^(?![#@|!])[^\s,*?\p{Cc}]+$/u.test(alias)) return;
  throw new OptionError(
    `a host key alias must be one name, without blanks, commas, * and ?, and with none of #, @, | and ! in front; got ${got(alias)}`,
    { phase: 'connect' },
  );
}

function checkTexts(name: string, value: unknown, expected = 'a list of paths'): void {
  if (value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'))) return;
  throw new OptionError(`${name} must be ${expected}; got ${got(value)}`);
}
