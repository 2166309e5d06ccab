export { Secret } from '../base/index.js';
/** @internal for the command line */
export { adviceOn } from './advice.js';
export { loadCommandsMap, parseCommandsMap } from './commands-map.js';
export type {
  Credential,
  Device,
  DeviceTimeouts,
  Group,
  Inventory,
  JumpSettings,
  Parity,
  RouteSettings,
  SerialSettings,
  SocksSettings,
  SshSettings,
  TerminalServerSettings,
  TransportName,
} from './device.js';
export { InventoryError, type InventoryProblem } from './errors.js';
/** @internal for the command line */
export { flatKeys } from './flat-keys.js';
export { INVENTORY_FORMATS, type InventoryFormat } from './formats/format.js';
export { hostProblem } from './host.js';
export { type LoadOptions, loadInventory, type OpenInventories, openInventory } from './load.js';
export { type OpenInventory, type ParseOptions, parseInventory } from './parse.js';
export type { PlatformCatalogue } from './platform.js';
export { inventorySchema } from './schema/inventory-schema.js';
export { devicesWhere } from './where/devices-where.js';
/** @internal for the command line */
export { OWN_KEYS, pathsOf, textsOf } from './where/texts.js';
export { where } from './where.js';
export { csvOf, csvText } from './written/csv-text.js';
export { nativeOf } from './written/native.js';
/** @internal for the command line */
export { type Origin, originsOf } from './written/origins.js';
export { nativeJson, nativeYaml } from './written/yaml-text.js';
