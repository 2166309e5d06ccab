import { vi } from 'vitest';
import { DeviceCounters, LabCounters } from '#dist/lab/counters.js';
import { type Dialect, speaking } from '#dist/lab/dialect/index.js';
import { type FaultName, faultPlan } from '#dist/lab/faults.js';

/** The least that a dialect must say; a test adds what it is about. */
const PLAIN: Dialect = {
  name: 'plain',
  title: 'Plain',
  sources: [],
  login: { username: 'login: ', password: 'password: ', failure: 'no' },
  start: 'exec',
  modes: { exec: { prompt: '{host}> ', commands: [{ line: 'show version', prints: 'one' }] } },
  refusals: { unknown: 'unknown {word}', incomplete: 'incomplete' },
  examples: {
    prompt: 'edge-1>',
    show: { send: 'show version', holds: 'one' },
    unknown: { send: 'x', holds: 'unknown' },
    exit: [],
  },
};

export interface Settings {
  readonly username?: string | undefined;
  readonly secret?: string;
  readonly faults?: readonly FaultName[];
  readonly size?: { columns: number; rows: number };
  readonly clock?: () => number;
}

/** One conversation with a device, without a network below it. */
export interface Conversation {
  /** Types keys, and returns everything that is printed until the text comes. */
  type(keys: string, until: string): Promise<string>;
  close(): void;
  readonly ended: () => boolean;
}

/** Makes a device that speaks a plain dialect but for what is given; returns what opens conversations with it. */
export function device(differs: Partial<Dialect>, { secret = 'secret', faults = [], clock }: Settings = {}) {
  const model = speaking({ ...PLAIN, ...differs }).createModel({
    number: 1,
    name: 'edge-1',
    username: 'cisco',
    password: 'pass',
    secret,
    privilege: 1,
    banner: undefined,
    motd: undefined,
    clock,
  });
  return ({ username = 'cisco', size }: Settings = {}): Conversation => {
    let text = '';
    let over = false;
    const line = {
      write: (piece: string) => {
        text += piece;
      },
      end: () => {
        over = true;
      },
    };
    const counters = new DeviceCounters(new LabCounters());
    const plan = faultPlan(faults, { faultAt: 1, slowMs: 0 });
    const shell = model.openShell({ line, counters, faults: plan, commandMs: 0, username });
    if (size !== undefined) shell.resize(size);
    return {
      type: async (keys, until) => {
        text = keys === '' ? text : '';
        shell.input(keys);
        await vi.waitFor(() => {
          if (!text.endsWith(until)) throw new Error(`not ${JSON.stringify(until)}; came ${JSON.stringify(text)}`);
        });
        return text;
      },
      close: () => shell.closed(),
      ended: () => over,
    };
  };
}
