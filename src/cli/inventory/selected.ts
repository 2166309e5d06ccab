import { type Device, devicesWhere, type OpenInventories, openInventory } from '../../inventory/index.js';
import { platformNames } from '../../platforms/index.js';
import type { InventoryFlags } from '../inventory-flags.js';
import { clean } from '../output/clean.js';
import { ownPlatforms, type PlatformFlags } from '../platform-files.js';
import { decryptAtTerminal } from '../secrets-at-hand.js';

/** The flags of every command about an inventory. */
export interface SelectionFlags extends InventoryFlags, PlatformFlags {
  readonly where?: readonly string[];
}

export interface Selected extends OpenInventories {
  readonly devices: readonly Device[];
  readonly warnings: readonly string[];
}

/** Opens what the flags name, and chooses the devices that fit. @throws InventoryError, OptionError when none fits. */
export async function selected(flags: SelectionFlags): Promise<Selected> {
  const names = [...ownPlatforms(flags).map(({ name }) => name), ...platformNames()];
  const open = await openInventory(flags.inventory, {
    platforms: { names },
    format: flags.inventoryFormat ?? 'auto',
    decrypt: decryptAtTerminal,
  });
  const chosen = devicesWhere(open.inventory.devices, flags.where ?? []);
  return { ...open, devices: chosen.devices, warnings: [...open.inventory.warnings, ...chosen.warnings] };
}

/** Tells on standard error what somebody should know. */
export function warn(warnings: readonly string[]): void {
  for (const warning of warnings) process.stderr.write(`rollcall: warning: ${clean(warning)}\n`);
}
