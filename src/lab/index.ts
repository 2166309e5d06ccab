export type { Counters } from './counters.js';
export { FAULTS, type FaultName } from './faults.js';
export type { HostKeyType } from './host-keys.js';
export type { SimulatedDevice } from './inventory.js';
export { type Lab, startLab } from './lab.js';
export { labExample, labPlatformNames } from './options.js';
export { type ReplayLab, type ReplayLabOptions, startReplay } from './replay.js';
export type { DeviceSettings, LabOptions, LabTransport } from './settings.js';
export type { SshAlgorithms } from './ssh2-server.js';
