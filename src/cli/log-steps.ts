import { redact } from '../base/index.js';
import { type Observer, type Step, secretsOf } from '../runner/index.js';
import { withoutSecretLines } from '../session/index.js';
import { clean } from './output/clean.js';

/** So many commands are remembered with their secrets blanked: finding them takes all rules of all platforms. */
const MOST_COMMANDS = 10_000;

/** In these stands nothing that anybody has written. */
const PLAIN: readonly Step['type'][] = ['queued', 'started', 'phase', 'logged_in', 'progress'];

/** Observes a run in a line for each step: `08:35:50.931 R1 sent: show clock`. Secrets in commands are blanked. */
export function logSteps(print: (line: string) => void): Observer {
  const known = new Map<string, string>();
  const shown = (command: string): string => {
    const text = known.get(command) ?? clean(withoutSecretLines(command)).replaceAll('\n', ' | ');
    if (known.size < MOST_COMMANDS) known.set(command, text);
    return text;
  };
  const line = (at: number, device: string, says: string): void =>
    print(`${timeOfDay(at)} ${clean(device.replaceAll('\n', ' '))} ${says}`);
  return {
    step(device, step) {
      const says = saying(step, shown);
      // What somebody has typed, or a task has named, may hold what the device is logged in to with.
      line(step.at, device.name, PLAIN.includes(step.type) ? says : redact(says, secretsOf(device)));
    },
    result({ device, status, elapsedMs, startedAt }) {
      line(Date.parse(startedAt) + elapsedMs, device.name, `done: ${status} in ${elapsedMs} ms`);
    },
  };
}

function saying(step: Step, shown: (command: string) => string): string {
  switch (step.type) {
    case 'queued':
      return 'queued';
    case 'started':
      return `started: ${step.worker || step.thread}`;
    case 'phase':
      return step.phase === 'connect' ? 'connecting' : `phase: ${clean(step.phase)}`;
    case 'logged_in':
      return 'logged in';
    case 'refused':
      return `refused: ${clean(step.message)}`;
    case 'sent':
    case 'answered':
      return `${step.type}: ${shown(step.command)}`;
    case 'subtask_started':
      return `subtask ${clean(step.name)}: started`;
    case 'subtask_ended':
      return `subtask ${clean(step.name)}: ${step.status} in ${step.elapsedMs} ms`;
    case 'progress':
      return `progress: ${step.bytes} of ${step.total} bytes`;
    case 'unrecorded':
      return `not recorded any more: ${clean(step.reason)}`;
  }
}

function timeOfDay(at: number): string {
  const time = new Date(at);
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  return `${pad(time.getHours())}:${pad(time.getMinutes())}:${pad(time.getSeconds())}.${pad(time.getMilliseconds(), 3)}`;
}
