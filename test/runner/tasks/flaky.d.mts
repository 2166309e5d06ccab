import type { DeviceTask } from '#dist/runner/index.js';

export interface FlakyDevice {
  readonly name: string;
  readonly fails: number;
}

export interface FlakyInput {
  readonly folder: string;
  readonly how: 'unreachable' | 'exit' | 'exit later';
}

export const flaky: DeviceTask<FlakyDevice, FlakyInput, number>;
