import type { TreeNode } from '../node.js';
import type { Problems } from '../problems.js';

/** The formats that an inventory may have; `auto` finds out. */
export const INVENTORY_FORMATS = [
  'auto',
  'native',
  'netmiko',
  'nornir',
  'ansible',
  'csv',
  'module',
  'executable',
] as const;

/** A format of inventories. */
export type InventoryFormat = (typeof INVENTORY_FORMATS)[number];

/** What a reader of a format tells of beside its devices. */
export interface Telling {
  readonly problems: Problems;
  /** Something that is not wrong but that somebody should know, said once; never with a value that may be a secret. */
  warn(message: string): void;
}

/** One text of an inventory, known to `Problems` already. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
  /** What its offsets are counted from. */
  readonly base: number;
}

/** One text that was parsed. */
export interface SourceTree {
  readonly file: string;
  readonly root: TreeNode;
  readonly base: number;
}

/** A name of a group or a device that messages may show; others may be a secret that slipped. */
export function showName(name: string): string {
  return /^[\w.:@/-]{1,64}$/.test(name) ? `'${name}'` : 'a name that is no plain word';
}
