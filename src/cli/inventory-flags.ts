import { loadInventory } from '../index.js';
import type { Inventory, InventoryFormat } from '../inventory/index.js';
import type { Platform } from '../platforms/index.js';
import { decryptAtTerminal } from './secrets-at-hand.js';

/** The flags that name the inventory. */
export interface InventoryFlags {
  readonly inventory?: readonly string[];
  readonly inventoryFormat?: InventoryFormat;
}

/** Whether the inventory is on standard input. */
export function isOnStdin({ inventory }: InventoryFlags): boolean {
  return inventory?.includes('-') === true;
}

/** Loads the inventory that the flags name. @throws InventoryError. */
export function inventoryOf(
  { inventory, inventoryFormat = 'auto' }: InventoryFlags,
  platforms: readonly Platform[],
): Promise<Inventory> {
  return loadInventory(inventory, { platforms, format: inventoryFormat, decrypt: decryptAtTerminal });
}
