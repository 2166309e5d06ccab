import type { LeaveData, ModeData, TransitionData } from '../mode-data.js';
import { iosConfigure, iosEnable, iosEnd, iosHost } from './ios-like.js';

/** What differs between the vendors of IOS-like command lines; what is absent is as on IOS. */
export interface IosModesOptions {
  /** What stands before the host name, with its trailing space. */
  readonly before?: string;
  readonly host?: string;
  /** What may stand right before the last character, such as a mark of unsaved changes. */
  readonly mark?: string;
  /** What stands in the parentheses of the mode of configuration; by default a text that begins with `conf`. */
  readonly submode?: string;
  readonly enable?: Partial<TransitionData>;
  /** The line that enters the mode of configuration. */
  readonly configure?: string;
  readonly leave?: LeaveData;
}

/** Returns `exec`, `privileged` and `config` of an IOS-like command line. */
export function iosModes(options: IosModesOptions = {}): Readonly<Record<'exec' | 'privileged' | 'config', ModeData>> {
  const { before = '', host = iosHost, mark = '', submode = 'conf[^)]*', enable = {}, leave = iosEnd } = options;
  const { configure = iosConfigure.send } = options;
  return {
    exec: { prompt: `^${before}${host}${mark}>$`, enter: [] },
    privileged: { prompt: `^${before}${host}${mark}#$`, enter: [{ ...iosEnable, ...enable }] },
    config: {
      prompt: String.raw`^${before}${host} ?\((?:${submode})\)${mark}#$`,
      enter: [{ ...iosConfigure, send: configure }],
      leave,
    },
  };
}
