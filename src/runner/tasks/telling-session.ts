import { type InteractiveStep, Session } from '../../session/index.js';
import type { StepEvent } from '../step.js';

type Method = (this: Session, ...args: never[]) => Promise<unknown>;

/** What is told of a call: the command as it was given, and whether it is about the configuration. */
interface Told {
  readonly method: Method;
  readonly command: (...args: never[]) => string;
  readonly configures?: true;
}

/** The first of the steps is the command; one that nobody may see is not told. */
const first = ([step]: readonly InteractiveStep[]): string =>
  typeof step?.send === 'string' && step.hidden !== true ? step.send : '[secret]';
const source = (given: unknown): string => {
  if (typeof given === 'string') return given;
  if (Array.isArray(given)) return given.join('\n');
  return `the configuration of ${(given as { file?: string } | undefined)?.file ?? 'a file'}`;
};

const { prototype } = Session;
const TOLD: Readonly<Record<string, Told>> = {
  sendCommand: { method: prototype.sendCommand, command: (command: string) => command },
  sendCommandTiming: { method: prototype.sendCommandTiming, command: (command: string) => command },
  sendInteractive: { method: prototype.sendInteractive, command: first },
  sendConfig: { method: prototype.sendConfig, command: source, configures: true },
  commit: { method: prototype.commit, command: () => 'commit', configures: true },
  confirmCommit: { method: prototype.confirmCommit, command: () => 'confirm commit', configures: true },
  save: { method: prototype.save, command: () => 'save', configures: true },
  // What is typed raw may be an answer, and so a secret.
  write: { method: prototype.write, command: () => 'raw input' },
};

/** Has a session tell what is sent through it, and when it was answered. */
export function tellingSteps(session: Session, tell: (event: StepEvent) => void): void {
  for (const [name, { method, command, configures }] of Object.entries(TOLD)) {
    const value = async (...args: never[]): Promise<unknown> => {
      const text = String(command(...args));
      if (configures) tell({ type: 'phase', phase: 'configure' });
      tell({ type: 'sent', command: text });
      const response = await method.apply(session, args);
      tell({ type: 'answered', command: text });
      return response;
    };
    Object.defineProperty(session, name, { value, configurable: true });
  }
}
