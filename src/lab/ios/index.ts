import type { DeviceModel, DeviceProfile, ShellOptions, SimulatedPlatform } from '../device.js';
import { IosDevice } from './device.js';
import { IosShell } from './shell.js';

/** A router with Cisco IOS, as far as docs/lab.md says. */
export const ciscoIos: SimulatedPlatform = {
  name: 'cisco_ios',
  example: 'show clock',
  variants: [],
  ssh: () => ({ ident: 'Cisco-1.25' }),
  createModel(profile: DeviceProfile): DeviceModel {
    const device = new IosDevice(profile);
    return {
      openShell(options: ShellOptions) {
        const shell = new IosShell(device, options);
        void shell.talk();
        return shell;
      },
      exec(command: string, options: ShellOptions) {
        const shell = new IosShell(device, options);
        void shell.exec(command);
        return shell;
      },
    };
  },
};
