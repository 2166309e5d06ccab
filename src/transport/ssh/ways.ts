import { AuthenticationError } from '../../base/index.js';
import type { ConnectionOptions } from '../connection.js';
import type { ConnectionTarget } from '../target.js';
import { type AgentKey, agentKeys, signerOf } from './agent.js';
import { certifiedKey, invalidity, plainKeyOf } from './certificate.js';
import { expandHome, type KeyOfFile, loadKey, loadOwnKeys, ownKeyFiles, standsAlone } from './keys.js';
import { publicKeysOf } from './public-keys.js';
import type { Ssh2AuthMethod } from './ssh2.js';
import { certificateBeside, doubtsAbout, namedCertificate, type UserCertificate } from './user-certificates.js';

/** One thing to log in with. */
export interface Way {
  readonly method: 'publickey' | 'password';
  /** What the error calls it: where the key is from. */
  readonly says: string;
  readonly isCertificate?: boolean;
  readonly offer: Exclude<Ssh2AuthMethod, { type: 'keyboard-interactive' } | { type: 'none' }>;
}

/** What there is to log in with, in the order in which it is tried. */
export interface Ways {
  readonly ways: readonly Way[];
  /** What the error of a refusal should mention: an agent that is gone, a certificate that has expired. */
  readonly notes: string[];
  /** The agent that was asked to sign and has not answered, where there is one. */
  readonly agentAsked: string | undefined;
}

/**
 * Gathers what there is to log in with: the key files in order, the agent's keys, the user's own keys, the password. A
 * key that has a certificate is offered with it first and alone after that, as ssh does.
 * @throws AuthenticationError when a file that the target names is of no use; DeviceTimeoutError, AbortedError.
 */
export async function gatherWays(
  target: ConnectionTarget,
  username: string,
  options: ConnectionOptions,
): Promise<Ways> {
  const {
    password,
    ssh: { keyFile, passphrase, useKeys, identityFiles, identitiesOnly, allowAgent, certificateFile } = {},
  } = target;
  // A password in the inventory says how this device wants it: ten keys offered first would lock the account.
  const keysByDefault = password === undefined && keyFile === undefined;
  const withAgent = allowAgent ?? keysByDefault;
  const withOwnKeys = useKeys ?? keysByDefault;
  const files = typeof keyFile === 'string' ? [keyFile] : (keyFile ?? []);
  const gathered = new Gathering(username, options);
  if (certificateFile !== undefined && (withAgent || withOwnKeys || files.length > 0)) {
    gathered.named = await namedCertificate(certificateFile);
  }
  const agent = agentAddress(target.ssh?.agentSocket);
  for (const file of files) {
    // A key that is locked, and open in the agent, is no question to anybody; ssh does the same.
    const mayHelp = agent !== undefined && passphrase === undefined && allowAgent !== false;
    if (mayHelp && !(await standsAlone(file)) && (await gathered.addFromAgent(agent, file))) continue;
    await gathered.addFile(await loadKey(file, passphrase, { ...options, host: target.host }));
  }
  if (withAgent && agent !== undefined) {
    const only = identitiesOnly ? await publicKeysOf([...files, ...(identityFiles ?? ownKeyFiles())]) : undefined;
    await gathered.addAgent(agent, only);
  }
  if (withOwnKeys) for (const key of await loadOwnKeys(gathered.notes, identityFiles)) await gathered.addFile(key);
  gathered.checkNamed();
  if (password !== undefined) {
    const offer = { type: 'password', username, password: password.reveal() } as const;
    gathered.ways.push({ method: 'password', says: 'password', offer });
  }
  return gathered;
}

/** Where the user's agent listens: OpenSSH's convention, and its fixed pipe on Windows. */
function agentAddress(named: string | undefined): string | undefined {
  if (named !== undefined) return expandHome(named);
  if (process.env.SSH_AUTH_SOCK) return process.env.SSH_AUTH_SOCK;
  return process.platform === 'win32' ? '\\\\.\\pipe\\openssh-ssh-agent' : undefined;
}

class Gathering implements Ways {
  readonly ways: Way[] = [];
  readonly notes: string[] = [];
  /** The certificate that the target names, which belongs to whichever key it certifies. */
  named: UserCertificate | undefined;
  agentAsked: string | undefined;
  #namedIsUsed = false;
  /** The keys of the agent that are offered already, in base64. */
  readonly #ofAgent = new Set<string>();
  readonly #username: string;
  readonly #options: ConnectionOptions;

  constructor(username: string, options: ConnectionOptions) {
    this.#username = username;
    this.#options = options;
  }

  async addFile({ path, key }: KeyOfFile): Promise<void> {
    const username = this.#username;
    const says = `publickey ${path}`;
    for (const { file, certificate } of this.#certificatesOf(key.getPublicSSH(), [
      await certificateBeside(path, this.notes),
    ])) {
      const offer = { type: 'publickey', username, key: certifiedKey(key, certificate) } as const;
      this.ways.push({ method: 'publickey', says: `${says} with the certificate ${file}`, offer, isCertificate: true });
    }
    this.ways.push({ method: 'publickey', says, offer: { type: 'publickey', username, key } });
  }

  /** `only` are the public keys that are wanted; without it all. */
  async addAgent(address: string, only: readonly Buffer[] | undefined): Promise<void> {
    const username = this.#username;
    if (process.platform === 'win32' && !address.startsWith('\\\\.\\pipe\\')) {
      // PuTTY's and Cygwin's agents are no sockets: ssh2 knows how to speak with them.
      const offer = { type: 'agent', username, agent: address } as const;
      this.ways.push({ method: 'publickey', says: `publickey of the agent ${address}`, offer });
      return;
    }
    try {
      for (const one of await agentKeys(address, this.#options)) {
        const wanted = only === undefined || only.some((key) => key.equals(plainKeyOf(one.blob)));
        if (wanted) this.#addAgentKey(address, one);
      }
    } catch (error) {
      // An agent that is gone is one way less; the login fails by itself where it was the only one.
      this.notes.push((error as Error).message);
    }
  }

  /** Offers one key of the agent in the place of the file that holds it; false where the agent has it not. */
  async addFromAgent(address: string, file: string): Promise<boolean> {
    const [publicKey] = await publicKeysOf([file]);
    if (publicKey === undefined) return false;
    const keys = await agentKeys(address, this.#options).catch(() => []);
    const one = keys.find(({ blob }) => blob.equals(publicKey));
    if (one === undefined) return false;
    this.#addAgentKey(address, one, [await certificateBeside(expandHome(file).replace(/\.pub$/, ''), this.notes)]);
    return true;
  }

  #addAgentKey(address: string, one: AgentKey, beside: readonly (UserCertificate | undefined)[] = []): void {
    const id = one.blob.toString('base64');
    if (this.#ofAgent.has(id)) return;
    this.#ofAgent.add(id);
    const says = `publickey of the agent (${printable(one.comment)})`;
    const onAsked = (): void => {
      this.agentAsked = address;
    };
    const onAnswered = (why?: string): void => {
      this.agentAsked = undefined;
      if (why !== undefined) this.notes.push(`the agent did not sign with ${printable(one.comment)}: ${why}`);
    };
    const offerOf = (key: AgentKey['key']): Way['offer'] => ({
      type: 'agent',
      username: this.#username,
      agent: signerOf(address, { ...one, key }, { ...this.#options, onAsked, onAnswered }),
    });
    for (const { file, certificate } of this.#certificatesOf(one.blob, beside)) {
      const offer = offerOf(certifiedKey(one.key, certificate));
      this.ways.push({ method: 'publickey', says: `${says} with the certificate ${file}`, offer, isCertificate: true });
    }
    this.ways.push({ method: 'publickey', says, offer: offerOf(one.key), isCertificate: one.isCertificate });
  }

  /** The certificates of a key that are of use, the one that was named first. */
  #certificatesOf(publicKey: Buffer, beside: readonly (UserCertificate | undefined)[]): UserCertificate[] {
    const found = [this.named, ...beside].filter((one): one is UserCertificate => one !== undefined);
    const own = found.filter(({ certificate }) => certificate.publicKey.equals(publicKey));
    if (this.named !== undefined && own.includes(this.named)) this.#namedIsUsed = true;
    const unlike = own.filter((one, at) => own.findIndex(({ file }) => file === one.file) === at);
    for (const one of unlike) this.notes.push(...doubtsAbout(one, this.#username));
    return unlike.filter(({ certificate }) => invalidity(certificate) === undefined);
  }

  /** @throws AuthenticationError when the certificate that the target names is of none of its keys. */
  checkNamed(): void {
    if (this.named === undefined || this.#namedIsUsed) return;
    const says = `the certificate ${this.named.file} belongs to none of the keys: name its private key as ssh.keyFile`;
    throw new AuthenticationError('authentication', says, { phase: 'authenticate' });
  }
}

/** A comment is whatever somebody wrote into a key. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '?').slice(0, 60) || 'without a comment';
