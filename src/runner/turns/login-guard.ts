import { checkChoice, processWide } from '../../base/index.js';
import type { RunDevice } from '../result.js';
import { credentialGate } from './credential-gate.js';
import type { Gate } from './gate.js';

/** Tasks that tell when they have logged in: a run guards the credentials of its devices by itself. */
const guarded = () => processWide('loginTasks', () => new WeakSet<object>());

/** Says of a task that it tells when it has logged in, and returns it. */
export function tellingLogin<F extends object>(task: F): F {
  guarded().add(task);
  return task;
}

/** Returns the gates of a run: those that it was given, and behind them the one that guards credentials. @throws OptionError. */
export function guardedGates<D extends RunDevice, T>(
  task: object,
  devices: object,
  { gates = [], loginGuard }: GuardOptions<D, T>,
): readonly Gate<D, T>[] {
  checkChoice('loginGuard', loginGuard, ['on', 'wary', 'off']);
  const on = loginGuard === undefined ? guarded().has(task) : loginGuard !== 'off';
  // The last to be asked: whom another gate holds back is no candidate for a trial.
  return on ? [...gates, credentialGate(devices, { wary: loginGuard === 'wary' })] : gates;
}

interface GuardOptions<D extends RunDevice, T> {
  readonly gates?: readonly Gate<D, T>[] | undefined;
  readonly loginGuard?: 'on' | 'wary' | 'off' | undefined;
}
