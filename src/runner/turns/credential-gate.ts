import { Deadline } from '../../base/index.js';
import type { StepEvent } from '../device-task.js';
import type { Result, RunDevice } from '../result.js';
import { Credential, type LoginOutcome } from './credential.js';
import type { Admission, Gate } from './gate.js';
import { type LoginDevice, type LoginKey, type LoginKeys, LoginNames } from './login-keys.js';

/** Devices that log in as one user are more than so many, or there is no trial. */
const FEW = 5;

/** A device that has not answered the connection by then does not keep another one from its trial. */
const STUCK_AFTER_MS = 2_000;

/** Phases in which nobody has answered yet. */
const BEFORE_ANSWER: readonly string[] = ['resolve', 'connect'];

/** What is known of a refusal. */
interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly onTheWay: boolean;
}

/** A login that is under way. */
interface UnderWay {
  readonly keys: readonly LoginKey[];
  readonly stopClock: () => void;
  answered: boolean;
  stuck: boolean;
}

export interface CredentialGateOptions {
  /**
   * Whether one refusal stops a credential until it was accepted once: for what goes on with a run whose logins were
   * refused; default false.
   */
  readonly wary?: boolean | undefined;
}

/**
 * Makes the gate that keeps a wrong password from locking an account: where more than 5 devices log in as one user, each
 * of his credentials is tried on one first, and is stopped after 2 refusals in a row, whatever is under way being counted. An input whose
 * length nobody knows is taken for a long one.
 */
export function credentialGate(devices: object, { wary = false }: CredentialGateOptions = {}): Gate {
  const known = Array.isArray(devices) || devices instanceof Set ? [...(devices as Iterable<LoginDevice>)] : undefined;
  return new CredentialGate(known, wary);
}

class CredentialGate implements Gate {
  readonly #devices: readonly LoginDevice[] | undefined;
  readonly #names = new LoginNames();
  readonly #keys = new WeakMap<RunDevice, LoginKeys>();
  readonly #credentials = new Map<string, Credential>();
  /** The same device may stand twice in a run: the one that began first tells first. */
  readonly #underWay = new Map<RunDevice, UnderWay[]>();
  /** Devices whose turn has told of a refusal before its end. */
  readonly #refused = new Set<RunDevice>();
  /** Why nobody tries a credential any more, in the words of the device that refused it last. */
  readonly #reasons = new Map<string, string>();
  /** What a person reads while devices wait for a credential. */
  readonly #lines = new Map<string, string>();
  readonly #before: number;
  #shares: ReadonlyMap<string, number> | undefined;
  #wake: (key: string) => void = () => {};

  constructor(devices: readonly LoginDevice[] | undefined, wary: boolean) {
    this.#devices = devices;
    this.#before = wary ? 1 : 0;
  }

  attach(wake: (key: string) => void, over: AbortSignal): void {
    this.#wake = wake;
    const stopClocks = (): void => {
      for (const login of [...this.#underWay.values()].flat()) login.stopClock();
    };
    over.addEventListener('abort', stopClocks, { once: true });
  }

  admit(device: RunDevice): Admission {
    const { keys, user } = this.#keysOf(device);
    for (const key of keys) {
      const { kind, name } = key;
      const may = this.#credential(key).mayBegin;
      if (may === 'never') return { skip: this.#reasons.get(name) ?? '' };
      if (may === 'later') return { waitFor: this.#lineOf(name, LINES[kind](user)) };
    }
    return { go: true };
  }

  start(device: RunDevice): void {
    const { keys } = this.#keysOf(device);
    for (const key of keys) this.#credential(key).begin();
    const login: UnderWay = { keys, answered: false, stuck: false, stopClock: () => stopClock() };
    const stopClock = Deadline.after(STUCK_AFTER_MS).schedule(() => this.#setStuck(login, true));
    const others = this.#underWay.get(device);
    if (others === undefined) this.#underWay.set(device, [login]);
    else others.push(login);
  }

  step(device: RunDevice, event: StepEvent): void {
    if (event.type === 'logged_in') this.#tell(device, () => 'accepted');
    if (event.type === 'refused') {
      this.#refused.add(device);
      this.#refuse(device, event);
    }
    if (event.type !== 'phase' || BEFORE_ANSWER.includes(event.phase)) return;
    const login = this.#underWay.get(device)?.find(({ answered }) => !answered);
    if (login === undefined) return;
    login.answered = true;
    login.stopClock();
    this.#setStuck(login, false);
  }

  end(result: Result<RunDevice>): void {
    const { device, status, error } = result;
    // What a step has told is not counted once more.
    if (this.#refused.delete(device)) return;
    if (status === 'authentication') {
      const { code = '', message = '', details } = error ?? {};
      return this.#refuse(device, { code, message, onTheWay: details?.at !== undefined });
    }
    // A command that was refused is an answer to somebody who got in.
    const gotIn = status === 'ok' || status === 'rejected';
    this.#tell(device, () => (gotIn ? 'accepted' : 'nothing'));
  }

  #refuse(device: RunDevice, refusal: Refusal): void {
    const { keys } = this.#keysOf(device);
    const refused = refusedOf(keys, refusal);
    if (refused === undefined) return;
    this.#remember(refused, device, refusal);
    const wasUnderWay = this.#tell(device, (key) => {
      if (key === refused) return 'refused';
      // Who is asked for the enable secret has been let in before.
      return keys.indexOf(key) < keys.indexOf(refused) ? 'accepted' : 'nothing';
    });
    if (wasUnderWay) return;
    this.#credential(refused).refusedLater();
    this.#wakeLine(refused.name);
  }

  /** Tells the credentials of a device how its login came out; false where they know already. */
  #tell(device: RunDevice, outcomeOf: (key: LoginKey) => LoginOutcome): boolean {
    const logins = this.#underWay.get(device);
    const login = logins?.shift();
    if (login === undefined) return false;
    if (logins?.length === 0) this.#underWay.delete(device);
    login.stopClock();
    this.#setStuck(login, false);
    for (const key of login.keys) this.#credential(key).told(outcomeOf(key));
    for (const { name } of login.keys) this.#wakeLine(name);
    return true;
  }

  #setStuck(login: UnderWay, stuck: boolean): void {
    if (login.stuck === stuck) return;
    login.stuck = stuck;
    for (const key of login.keys) this.#credential(key).stuck(stuck);
    if (stuck) for (const { name } of login.keys) this.#wakeLine(name);
  }

  /** The line of a credential; another one that has the same words gets a number behind them. */
  #lineOf(name: string, says: string): string {
    let line = this.#lines.get(name);
    if (line === undefined) {
      const taken = new Set(this.#lines.values());
      line = says;
      for (let number = 2; taken.has(line); number++) line = `${says} (${number})`;
      this.#lines.set(name, line);
    }
    return line;
  }

  #wakeLine(name: string): void {
    const line = this.#lines.get(name);
    if (line !== undefined) this.#wake(line);
  }

  #remember({ kind, name }: LoginKey, device: RunDevice, { message }: Refusal): void {
    const { user } = this.#keysOf(device);
    this.#reasons.set(
      name,
      `not tried: 2 logins in a row ${this.#before > 0 ? '(the earlier run counted) ' : ''}were refused with ` +
        `${WORDS[kind](user)}, and another one might lock the account; ` +
        `check it, and run these devices again. Refused last: ${device.name}: ${message}`,
    );
  }

  #credential({ name, account, refusals }: LoginKey): Credential {
    let credential = this.#credentials.get(name);
    if (credential === undefined) {
      credential = new Credential({ onTrial: this.#sharesOf(account) > FEW, refusals, before: this.#before });
      this.#credentials.set(name, credential);
    }
    return credential;
  }

  #sharesOf(account: string): number {
    if (this.#devices === undefined) return Number.POSITIVE_INFINITY;
    // Counted when the first device asks, not when the run is described.
    this.#shares ??= countShares(this.#devices.map((device) => this.#keysOf(device).keys));
    return this.#shares.get(account) ?? 0;
  }

  #keysOf(device: RunDevice): LoginKeys {
    let keys = this.#keys.get(device);
    if (keys === undefined) {
      keys = this.#names.of(device);
      this.#keys.set(device, keys);
    }
    return keys;
  }
}

const LINES: Readonly<Record<LoginKey['kind'], (user: string) => string>> = {
  way: () => 'first login on the way',
  login: (user) => `first login of ${user}`,
  enable: (user) => `first enable of ${user}`,
};

const WORDS: Readonly<Record<LoginKey['kind'], (user: string) => string>> = {
  way: () => 'the credentials of the hosts on the way to this device',
  login: (user) => `the credential of this device (user ${user})`,
  enable: (user) => `the enable secret of this device (user ${user})`,
};

/** Which of the things that a device is let in with was refused. */
function refusedOf(keys: readonly LoginKey[], { code, onTheWay }: Refusal): LoginKey | undefined {
  const kind = onTheWay ? 'way' : code === 'enable_secret' ? 'enable' : 'login';
  return keys.find((key) => key.kind === kind) ?? keys.find((key) => key.kind === 'login');
}

function countShares(all: readonly (readonly LoginKey[])[]): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const keys of all) for (const { account } of keys) shares.set(account, (shares.get(account) ?? 0) + 1);
  return shares;
}
