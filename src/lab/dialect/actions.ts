import type { Action } from './command-data.js';
import { editSection, setStatement, takeOut } from './edits.js';
import type { Screen } from './screen.js';
import type { State } from './state.js';
import { fill } from './template.js';
import { copyTree, everyNode } from './tree.js';

/** What an action needs to know, and what it can set. */
export interface Doing {
  readonly state: State;
  readonly screen: Screen;
  readonly values: Readonly<Record<string, string>>;
  over: boolean;
}

/** Why an action failed: what the device says of it. */
export type Failure = readonly string[] | undefined;

/** Does one thing that a command is made of; returns what the device says where it cannot. */
export function perform(action: Action, doing: Doing): Failure {
  return typeof action === 'string' ? simple(action, doing) : withValue(action, doing);
}

function simple(action: Extract<Action, string>, doing: Doing): Failure {
  const { state, values } = doing;
  const statement = values.statement ?? '';
  switch (action) {
    case 'set':
      return setStatement(state, statement, values);
    case 'delete':
      return takeOut(state, statement, values);
    case 'edit':
      return editSection(state, statement, values);
    case 'commit':
    case 'check':
      return commit(state, { only: action === 'check' });
    default:
      always(action, doing);
      return undefined;
  }
}

type Sure = Exclude<Extract<Action, string>, 'set' | 'delete' | 'edit' | 'commit' | 'check'>;

/** What cannot fail. */
function always(action: Sure, doing: Doing): void {
  const { state } = doing;
  const { store } = state;
  const does: Readonly<Record<Sure, () => void>> = {
    logout: () => {
      doing.over = true;
    },
    leave: () => state.leave('one'),
    rest: () => state.leave('all'),
    up: () => state.up(),
    level: () => state.oneLevelUp(),
    top: () => {
      state.sections = [];
    },
    confirm: () => store.confirm(),
    discard: () => {
      if (state.candidate !== undefined) state.candidate = copyTree(store.running);
      else store.discard();
    },
    rollback: () => store.rollBack(),
    save: () => store.save(),
  };
  does[action]();
}

function withValue(action: Exclude<Action, string>, doing: Doing): Failure {
  const { state, screen, values } = doing;
  const lookup = state.lookup(values);
  const number = (given: number | string): number => (typeof given === 'number' ? given : countOf(fill(given, lookup)));
  if ('go' in action) state.go(action.go);
  else if ('enter' in action) return enter(state, action);
  else if ('section' in action) return editSection(state, fill(action.section, lookup), values);
  else if ('leaveSection' in action) state.leaveSection(action.leaveSection);
  else if ('takeOut' in action) return takeOut(state, fill(action.takeOut, lookup), values);
  else if ('pageLength' in action) {
    screen.pageLength = number(action.pageLength);
    screen.fixed.length = true;
  } else if ('width' in action) {
    screen.tty.columns = number(action.width);
    screen.fixed.width = true;
  } else if ('stamp' in action) state.stamped = action.stamp === 'on';
  else if ('completion' in action) screen.completes = action.completion === 'on';
  else if ('commitFor' in action) return commit(state, { forMs: number(action.commitFor) * action.unitMs });
  else if ('context' in action) return changeContext(state, fill(action.context, lookup), values);
  else state.variables.set(action.variable, fill(action.to, lookup));
  return undefined;
}

/** A number, or hh:mm:ss as the number of its seconds. */
const countOf = (text: string): number => text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);

function enter(state: State, { enter: mode, candidate }: Extract<Action, { enter: string }>): Failure {
  const { store } = state;
  const taken = store.holder !== undefined && store.holder !== state;
  if (taken && candidate !== undefined && candidate !== 'private') {
    return state.say(state.device.dialect.configuration?.locked ?? 'configuration is locked by {holder}');
  }
  state.enter(mode);
  if (candidate === 'private') state.candidate = copyTree(store.running);
  if (candidate === 'exclusive') {
    store.holder = state;
    store.holderName = state.user;
  }
  return undefined;
}

function commit(state: State, { only = false, forMs }: { only?: boolean; forMs?: number }): Failure {
  const bad = everyNode(state.tree).find(({ refusedAtCommit }) => refusedAtCommit !== undefined);
  if (bad !== undefined) {
    const { commitRefused = '{reason}' } = state.device.dialect.configuration ?? {};
    return state.say(commitRefused, { reason: bad.refusedAtCommit ?? '', statement: bad.text });
  }
  if (!only) {
    state.store.commit(state.tree, forMs);
    if (state.candidate !== undefined) state.candidate = copyTree(state.store.running);
  }
  return undefined;
}

function changeContext(state: State, name: string, values: Readonly<Record<string, string>>): Failure {
  const { contexts } = state.device.dialect;
  if (name !== '' && contexts !== undefined && !contexts.names.includes(name))
    return state.say(contexts.unknown, values);
  state.context = name;
  return undefined;
}
