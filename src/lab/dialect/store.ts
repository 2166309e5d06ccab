import type { ConfigurationData } from './config-data.js';
import type { Statements } from './statements.js';
import { copyTree, everyNode, type Node, newTree, put } from './tree.js';

/** A commit that is taken back unless it is confirmed. */
interface Pending {
  readonly before: Node;
  readonly until: number;
}

/** The configurations of one device (or of one virtual device in it): running, saved, and the candidate that all share. */
export class Store {
  readonly #clock: () => number;
  #running: Node;
  #saved: Node;
  #candidate: Node | undefined;
  #pending: Pending | undefined;
  /** Who has the candidate for himself. */
  holder: object | undefined;
  holderName = '';
  /** How often a commit was taken back: what a conversation has of its own is then out of date. */
  rollbacks = 0;

  constructor(running: Node, clock: () => number) {
    this.#running = running;
    this.#saved = copyTree(running);
    this.#clock = clock;
  }

  /** A commit whose time is over was taken back at that time: nobody has looked since. */
  get running(): Node {
    if (this.#pending !== undefined && this.#clock() >= this.#pending.until) {
      this.#running = this.#pending.before;
      this.#candidate = undefined;
      this.#pending = undefined;
      this.rollbacks++;
    }
    return this.#running;
  }

  get saved(): Node {
    return this.#saved;
  }

  get confirming(): boolean {
    return this.running !== undefined && this.#pending !== undefined;
  }

  /** The candidate that everybody sees; made when it is first changed. */
  get candidate(): Node {
    this.running;
    this.#candidate ??= copyTree(this.#running);
    return this.#candidate;
  }

  commit(candidate: Node, confirmWithinMs?: number): void {
    const before = this.#pending?.before ?? this.running;
    this.#pending = confirmWithinMs === undefined ? undefined : { before, until: this.#clock() + confirmWithinMs };
    this.#running = copyTree(candidate);
    this.#candidate = undefined;
  }

  confirm(): void {
    this.running;
    this.#pending = undefined;
  }

  discard(): void {
    this.#candidate = undefined;
  }

  /** Takes a waiting commit back before its time. */
  rollBack(): void {
    if (this.#pending !== undefined) this.#running = this.#pending.before;
    this.#pending = undefined;
    this.#candidate = undefined;
  }

  save(): void {
    this.#saved = copyTree(this.running);
  }

  get unsaved(): boolean {
    return JSON.stringify(this.running) !== JSON.stringify(this.#saved);
  }

  differs(candidate: Node): boolean {
    return JSON.stringify(candidate) !== JSON.stringify(this.running);
  }
}

/** Returns the configuration that a device begins with. Throws where a line of it is none of its statements. */
export function initialTree({ initial }: ConfigurationData, statements: Statements, name: string): Node {
  const tree = newTree();
  for (const template of initial) {
    const line = template.replaceAll('{host}', name);
    const read = statements.read([], line);
    if (!('levels' in read))
      throw new Error(`the dialect's initial line '${line}' is ${read.kind} at word ${read.word}`);
    put(tree, read.levels);
  }
  return tree;
}

/** The host name that a configuration gives, or undefined. */
export function hostIn(tree: Node): string | undefined {
  return everyNode(tree)
    .findLast(({ values }) => values.host !== undefined)
    ?.values.host?.replace(/^"(.*)"$/, '$1');
}
