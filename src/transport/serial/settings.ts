import { checkNames, got, OptionError } from '../../base/index.js';
import type { SerialOptions } from '../target.js';

/** How most consoles come from the factory. */
const DEFAULTS = { baudRate: 9_600, dataBits: 8, parity: 'none', stopBits: 1 } as const;

const CHOICES = {
  dataBits: [5, 6, 7, 8],
  parity: ['none', 'even', 'odd', 'mark', 'space'],
  stopBits: [1, 1.5, 2],
} as const satisfies Partial<Record<keyof SerialOptions, readonly unknown[]>>;

type Settings = { readonly [K in keyof SerialOptions]-?: NonNullable<SerialOptions[K]> };

/** Returns the settings of a line, with the usual ones for those that are not given. @throws OptionError. */
export function settingsOf(serial: SerialOptions | undefined): Settings {
  checkNames('serial', serial ?? {}, Object.keys(DEFAULTS));
  const given = Object.entries(serial ?? {}).filter(([, value]) => value !== undefined);
  const settings: Settings = { ...DEFAULTS, ...Object.fromEntries(given) };
  const { baudRate } = settings;
  if (!Number.isInteger(baudRate) || baudRate < 1) {
    throw new OptionError(`serial.baudRate must be a whole number of bits per second; got ${got(baudRate)}`);
  }
  for (const [name, choices] of Object.entries(CHOICES)) {
    const value: unknown = settings[name as keyof typeof CHOICES];
    if (choices.some((choice) => choice === value)) continue;
    throw new OptionError(`serial.${name} must be one of ${choices.join(', ')}; got ${got(value)}`);
  }
  return settings;
}
