import { join } from 'node:path';
import { prepareRecordingFolder } from '../base/index.js';
import type { Device } from '../inventory/index.js';
import type { Observer } from '../runner/index.js';
import type { RecordingOptions } from '../session/index.js';
import { EXIT, UsageError } from './exit-codes.js';
import { clean } from './output/clean.js';
import { uniqueSlugs } from './output/file-names.js';

/** The recordings of a run: a file for each device. */
export class Recordings {
  readonly #files: ReadonlyMap<string, string>;
  readonly #tell: (line: string) => void;
  #lost = 0;

  private constructor(files: ReadonlyMap<string, string>, tell: (line: string) => void) {
    this.#files = files;
    this.#tell = tell;
  }

  /** Makes the folder; without one nothing is recorded. @throws UsageError where nothing can be written to it. */
  static open(
    folder: string | undefined,
    devices: readonly Pick<Device, 'name'>[],
    tell: (line: string) => void,
  ): Recordings {
    if (folder === undefined) return new Recordings(new Map(), tell);
    const slugs = uniqueSlugs(devices.map(({ name }) => name));
    const files = devices.map(({ name }, index) => [name, join(folder, `${slugs[index]}.rec`)] as const);
    try {
      for (const [, file] of files) prepareRecordingFolder(file);
    } catch (error) {
      throw new UsageError((error as Error).message);
    }
    return new Recordings(new Map(files), tell);
  }

  /** What a device's session gets to know. */
  of(device: string): { readonly recording?: RecordingOptions } {
    const file = this.#files.get(device);
    return file === undefined ? {} : { recording: { file, device } };
  }

  /** Hears of sessions that go on unrecorded, and says so. */
  get observer(): Observer<Device, never> {
    return {
      step: ({ name }, event) => {
        if (event.type !== 'unrecorded') return;
        this.#lost++;
        this.#tell(`${clean(name)}: not recorded from here on: ${clean(`${event.file}: ${event.reason}`)}`);
      },
    };
  }

  /** A run that is not kept as it was asked for has failed, whatever its devices say. */
  exitCode(code: number): number {
    if (this.#lost === 0) return code;
    this.#tell(`rollcall: ${this.#lost} of ${this.#files.size} recordings are not whole`);
    return code === EXIT.ok || code === EXIT.devicesNotOk ? EXIT.failed : code;
  }
}
