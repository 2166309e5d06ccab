import type { DeviceModel, DeviceProfile, ShellOptions, SimulatedPlatform } from '../device.js';
import { DialectDevice } from './device.js';
import type { Dialect } from './dialect.js';
import { DialectShell } from './shell.js';

export type { Dialect } from './dialect.js';

/** Returns the dialect as a device of that variant speaks it. */
export function inManner(dialect: Dialect, variant: string | undefined): Dialect {
  return variant === undefined ? dialect : { ...dialect, ...dialect.variants?.[variant] };
}

/** Makes a simulated network OS of a dialect. */
export function speaking(dialect: Dialect): SimulatedPlatform {
  return {
    name: dialect.name,
    example: dialect.examples.show.send,
    variants: Object.keys(dialect.variants ?? {}),
    ssh: (variant) => inManner(dialect, variant).login.ssh ?? {},
    createModel(profile: DeviceProfile): DeviceModel {
      const device = new DialectDevice(inManner(dialect, profile.variant), profile);
      return {
        openShell(options: ShellOptions) {
          const shell = new DialectShell(device, options);
          void shell.talk();
          return shell;
        },
        exec(command: string, options: ShellOptions) {
          const shell = new DialectShell(device, options);
          void shell.exec(command);
          return shell;
        },
      };
    },
  };
}
