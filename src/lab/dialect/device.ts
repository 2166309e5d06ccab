import type { DeviceProfile } from '../device.js';
import type { Dialect, ModeData } from './dialect.js';
import { Grammar } from './grammar.js';
import { Statements } from './statements.js';
import { hostIn, initialTree, Store } from './store.js';
import { newTree } from './tree.js';

/** What the conversations of one device share: its configurations, and its dialect made ready. */
export class DialectDevice {
  readonly dialect: Dialect;
  readonly profile: DeviceProfile;
  readonly statements: Statements | undefined;
  readonly clock: () => number;
  readonly #grammars = new Map<string, Grammar>();
  readonly #stores = new Map<string, Store>();

  constructor(dialect: Dialect, profile: DeviceProfile) {
    this.dialect = dialect;
    this.profile = profile;
    const { configuration } = dialect;
    this.statements = configuration && new Statements(configuration, this.abbreviations);
    this.clock = profile.clock ?? Date.now;
  }

  get abbreviations(): boolean {
    return this.dialect.abbreviations ?? true;
  }

  /** Returns a mode's data. Throws for a name that is none: a mistake in the dialect. */
  mode(name: string): ModeData {
    const mode = this.dialect.modes[name];
    if (mode === undefined) throw new Error(`${this.dialect.name} has no mode '${name}'`);
    return mode;
  }

  grammar(mode: string): Grammar {
    const known = this.#grammars.get(mode);
    if (known !== undefined) return known;
    const { commands, also = [] } = this.mode(mode);
    const made = new Grammar([...commands, ...also.flatMap((name) => this.mode(name).commands)], this.abbreviations);
    this.#grammars.set(mode, made);
    return made;
  }

  /** The configurations of a virtual device; '' is the device itself. */
  store(context: string): Store {
    const known = this.#stores.get(context);
    if (known !== undefined) return known;
    const { configuration } = this.dialect;
    const tree =
      configuration === undefined || this.statements === undefined
        ? newTree()
        : initialTree(configuration, this.statements, this.profile.name);
    const made = new Store(tree, this.clock);
    this.#stores.set(context, made);
    return made;
  }

  /** Forgets that this conversation held a configuration for itself: it is over. */
  release(holder: unknown): void {
    for (const store of this.#stores.values()) {
      if (store.holder === holder) store.holder = undefined;
    }
  }

  get hostname(): string {
    return hostIn(this.store('').running) ?? this.profile.name;
  }
}
