export { Secret } from '../base/index.js';
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
export { hostProblem } from './host.js';
export { type LoadOptions, loadInventory } from './load.js';
export { type ParseOptions, parseInventory } from './parse.js';
export type { PlatformCatalogue } from './platform.js';
export { devicesWhere } from './where/devices-where.js';
export { where } from './where.js';
