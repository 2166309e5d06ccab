import { type Device, devicesWhere, type Group } from '../inventory/index.js';
import type { Platform } from '../platforms/index.js';
import { gatherCredentials, withCredentials } from './credentials.js';
import { sessionsAtOnce } from './executors.js';
import { type FleetFlags, withoutEnabling, withTimeouts } from './fleet.js';
import { inventoryOf } from './inventory-flags.js';
import { fitOpenFiles } from './open-files.js';
import { ownPlatforms } from './platform-files.js';
import { refuseMissingSecrets } from './secrets-at-hand.js';

/** The devices that a command is about, before anybody was asked for a password. */
export interface Selection {
  readonly devices: readonly Device[];
  /** Those of the inventory that were not chosen as well. */
  readonly inventory: readonly Device[];
  /** All groups of the inventory. */
  readonly groups: readonly Group[];
  /** The user's own platforms. */
  readonly platforms: readonly Platform[];
  readonly warnings: readonly string[];
}

/** The devices, ready to be connected to. */
export interface Fleet<F extends FleetFlags> extends Selection {
  /** The flags, fitted into what this machine allows. */
  readonly flags: F;
}

/** Loads the devices that the flags select. @throws InventoryError, PlatformError, UsageError, OptionError when none fits. */
export async function selectDevices(
  flags: Pick<FleetFlags, 'inventory' | 'inventoryFormat' | 'where' | 'platformFile'>,
): Promise<Selection> {
  const platforms = ownPlatforms(flags);
  const { devices, groups, warnings } = await inventoryOf(flags, platforms);
  const chosen = devicesWhere(devices, flags.where ?? []);
  return {
    devices: chosen.devices,
    inventory: devices,
    groups,
    platforms,
    warnings: [...warnings, ...chosen.warnings],
  };
}

/** Completes the selected devices by the credentials and clocks of the flags; `filesEach` is what a session keeps open. */
export async function completeFleet<F extends FleetFlags>(
  selection: Selection,
  given: F,
  { filesEach }: { readonly filesEach: number },
): Promise<Fleet<F>> {
  const atOnce = Math.min(sessionsAtOnce(given), selection.devices.length);
  const { flags, warning } = fitOpenFiles(given, atOnce, { filesEach });
  const wanted = selection.devices.map((device) => (given.enable ? device : withoutEnabling(device)));
  await refuseMissingSecrets(wanted);
  const credentials = await gatherCredentials(flags);
  const devices = wanted.map((device) => withTimeouts(withCredentials(device, credentials), flags));
  const warnings = warning === undefined ? selection.warnings : [...selection.warnings, warning];
  return { ...selection, devices, warnings, flags };
}
