import type { DeviceTask } from '#dist/runner/index.js';
import type { TestDevice } from '../gate.ts';

export const act: DeviceTask<TestDevice, string, unknown>;
export class OddError extends Error {}
