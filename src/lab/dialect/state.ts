import type { Action, Condition } from './command-data.js';
import type { DialectDevice } from './device.js';
import type { ModeData } from './dialect.js';
import { changes, render } from './render.js';
import type { Store } from './store.js';
import { fill, type Lookup, linesOf, timeParts } from './template.js';
import type { EachData, Text } from './text-data.js';
import { copyTree, type Node, nodeAt } from './tree.js';

/** A section that was entered: the lines that lead to it, and what the prompt calls them. */
export interface Section {
  readonly path: readonly string[];
  readonly labels: readonly string[];
}

interface Stay {
  readonly mode: string;
  readonly sections: readonly Section[];
}

/** Where one conversation is, and what it has set; it knows nothing of terminals. */
export class State {
  readonly device: DialectDevice;
  readonly variables = new Map<string, string>();
  /** What lines of configuration do beside standing there; done when the line is done. */
  readonly due: Action[] = [];
  user = '';
  context = '';
  counter = 0;
  stamped: boolean;
  /** The candidate that is this conversation's own. */
  candidate: Node | undefined;
  #stays: readonly Stay[];
  #rollbacksSeen = 0;

  constructor(device: DialectDevice) {
    this.device = device;
    const { start, variables = {}, stamp } = device.dialect;
    const [low, high] = typeof start === 'string' ? [start, start] : start;
    this.#stays = [{ mode: device.profile.privilege === 15 ? high : low, sections: [] }];
    this.stamped = stamp?.atLogin === 'on';
    for (const [name, text] of Object.entries(variables)) this.variables.set(name, text);
  }

  get modeName(): string {
    return this.#stays.at(-1)?.mode ?? '';
  }

  get mode(): ModeData {
    return this.device.mode(this.modeName);
  }

  get sections(): readonly Section[] {
    return this.#stays.at(-1)?.sections ?? [];
  }

  set sections(sections: readonly Section[]) {
    this.#stays = [...this.#stays.slice(0, -1), { mode: this.modeName, sections }];
  }

  get section(): Section {
    return this.sections.at(-1) ?? { path: [], labels: [] };
  }

  get store(): Store {
    return this.device.store(this.context);
  }

  /** The tree that configuration lines change. */
  get tree(): Node {
    const { running, rollbacks } = this.store;
    // Where each line counts at once there may still be a mode with a candidate of its own.
    if (this.device.dialect.configuration?.candidate !== true && this.candidate === undefined) return running;
    if (this.candidate !== undefined && rollbacks !== this.#rollbacksSeen) this.candidate = copyTree(running);
    this.#rollbacksSeen = rollbacks;
    return this.candidate ?? this.store.candidate;
  }

  go(mode: string): void {
    this.#stays = [...this.#stays.slice(0, -1), { mode, sections: [] }];
  }

  enter(mode: string): void {
    this.#stays = [...this.#stays, { mode, sections: [] }];
  }

  leave(how: 'one' | 'all'): void {
    this.#stays = this.#stays.slice(0, how === 'all' ? 1 : Math.max(1, this.#stays.length - 1));
    if (this.store.holder === this) this.store.holder = undefined;
    this.candidate = undefined;
  }

  /** Leaves the section that was entered last or, outside of any, the mode. */
  up(): void {
    if (this.sections.length > 0) this.sections = this.sections.slice(0, -1);
    else this.leave('one');
  }

  leaveSection(word: string): void {
    const at = this.sections.findLastIndex(({ path }) => path.at(-1)?.split(' ')[0] === word);
    this.sections = this.sections.slice(0, Math.max(0, at));
  }

  /** Goes one level of the configuration up, however the section was entered. */
  oneLevelUp(): void {
    const { path, labels } = this.section;
    const outer = path.length > 1 ? [{ path: path.slice(0, -1), labels: labels.slice(0, -1) }] : [];
    this.sections = [...this.sections.slice(0, -1), ...outer];
  }

  holds(condition: Condition): boolean {
    const { store } = this;
    switch (condition) {
      case 'uncommitted':
        return store.differs(this.tree);
      case 'committed':
        return !store.differs(this.tree);
      case 'unsaved':
        return store.unsaved;
      case 'saved':
        return !store.unsaved;
      case 'confirming':
        return store.confirming;
      case 'own candidate':
        return this.candidate !== undefined || store.holder === this;
      case 'in section':
        return this.sections.length > 0;
      case 'not in section':
        return this.sections.length === 0;
      case 'locked':
        return store.holder !== undefined && store.holder !== this;
    }
  }

  get prompt(): string {
    const { prompt, inside, hostLimit } = this.mode;
    const template = this.sections.length > 0 ? (inside ?? prompt) : prompt;
    const lookup = this.lookup({});
    return fill(template, (name) => (name === 'host' ? this.device.hostname.slice(0, hostLimit) : lookup(name)));
  }

  /** Gives the names that a text may hold; those of the answered command go first. */
  lookup(values: Readonly<Record<string, string>>): Lookup {
    const { configuration, marks = {} } = this.device.dialect;
    const { labels } = this.section;
    const own: Readonly<Record<string, () => string>> = {
      host: () => this.device.hostname,
      user: () => this.user,
      context: () => this.context,
      path: () => labels.join(configuration?.pathSeparator ?? ' '),
      section: () => labels.at(-1) ?? '',
      counter: () => String(this.counter),
      unsaved: () => marks.unsaved?.[this.store.unsaved ? 1 : 0] ?? '',
      uncommitted: () => marks.uncommitted?.[this.store.differs(this.tree) ? 1 : 0] ?? '',
      holder: () => this.store.holderName,
    };
    const time = timeParts(this.device.clock());
    return (name) => values[name] ?? this.variables.get(name) ?? own[name]?.() ?? time[name];
  }

  /** Returns the lines of a text, with the configurations that it names. */
  say(text: Text, values: Readonly<Record<string, string>> = {}): string[] {
    const parts = (typeof text === 'string' ? [text] : text).flatMap((part) =>
      typeof part === 'object' && 'each' in part ? this.#entries(part) : [part],
    );
    return linesOf(parts, this.lookup(values), (name) => this.#shown(name));
  }

  #entries({ each, line }: EachData): string[] {
    const entries = nodeAt(this.store.running, [each])?.children ?? [];
    return entries.map(({ values }, index) => fill(line, (name) => (name === 'i' ? String(index) : values[name])));
  }

  #shown(whole: string): readonly string[] | undefined {
    const { configuration } = this.device.dialect;
    if (configuration === undefined) return undefined;
    const [name, style] = whole.split(':');
    const { store } = this;
    if (name === 'changes') return changes(store.running, this.tree);
    const here = nodeAt(this.tree, this.section.path);
    const trees: Readonly<Record<string, Node | undefined>> = {
      running: store.running,
      startup: store.saved,
      candidate: this.tree,
      here,
    };
    if (name === undefined || !(name in trees)) return undefined;
    const tree = trees[name];
    const manner = style === 'set' ? ({ style: 'set' } as const) : configuration.render;
    return tree === undefined ? [] : render(tree, manner);
  }
}
