import { Option } from 'commander';
import type { InventoryFormat } from '../../inventory/index.js';

/** Their names are told before anybody loads an inventory; the types see to it that none lacks. */
const FORMATS: Readonly<Record<InventoryFormat, true>> = {
  auto: true,
  native: true,
  netmiko: true,
  nornir: true,
  ansible: true,
  csv: true,
  module: true,
  executable: true,
};

/** `-i`, once or several times. */
export const inventoryOption = (what = 'devices; - for standard input (default: ./devices.yaml)'): Option =>
  new Option('-i, --inventory <path>', `${what}; may be repeated`)
    // Not `<path...>`, which would take the commands behind it for files.
    .argParser((path: string, before: readonly string[] = []) => [...before, path]);

/** The format of the inventory, where it is not to be found out. */
export const inventoryFormatOption = (): Option =>
  new Option('--inventory-format <format>', 'of the inventory (default: auto, which finds out)').choices(
    Object.keys(FORMATS),
  );
