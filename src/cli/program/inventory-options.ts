import { Option } from 'commander';
import { INVENTORY_FORMATS } from '../../inventory/index.js';

/** `-i`, once or several times. */
export const inventoryOption = (what = 'devices; - for standard input (default: ./devices.yaml)'): Option =>
  new Option('-i, --inventory <path>', `${what}; may be repeated`)
    // Not `<path...>`, which would take the commands behind it for files.
    .argParser((path: string, before: readonly string[] = []) => [...before, path]);

/** The format of the inventory, where it is not to be found out. */
export const inventoryFormatOption = (): Option =>
  new Option('--inventory-format <format>', 'of the inventory (default: auto, which finds out)').choices(
    INVENTORY_FORMATS,
  );
