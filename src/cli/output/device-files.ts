import { randomBytes } from 'node:crypto';
import { rename, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../base/index.js';
import type { RunRecord } from '../../runner/index.js';
import { jsonLine } from './clean.js';
import { uniqueSlugs } from './file-names.js';
import type { Format } from './format.js';
import { lostOutput } from './sink.js';
import { responseText } from './text.js';

export interface DeviceFilesOptions {
  readonly format: Format;
  /** The names of all devices. */
  readonly devices: readonly string[];
  /** The commands of a device; devices that have the same ones may share the list. */
  commandsOf(device: string): readonly string[];
}

/** Writes one file per device and command into a folder; only good answers, so that an old good file is never lost. */
export class DeviceFiles {
  readonly #folder: string;
  readonly #format: Format;
  readonly #names: ReadonlyMap<string, string>;
  readonly #commandsOf: DeviceFilesOptions['commandsOf'];
  /** The parts of file names of each list of commands: they depend on nothing but the list. */
  readonly #commandNames = new Map<readonly string[], readonly string[]>();
  #written = 0;

  private constructor(folder: string, { format, devices, commandsOf }: DeviceFilesOptions) {
    this.#folder = folder;
    this.#format = format;
    const slugs = uniqueSlugs(devices);
    this.#names = new Map(devices.map((name, index) => [name, slugs[index] ?? name]));
    this.#commandsOf = commandsOf;
  }

  /** Makes the folder. The names are settled here, before the first answer, so that they do not depend on its order. */
  static async open(folder: string, options: DeviceFilesOptions): Promise<DeviceFiles> {
    makeFolder(folder, 0o700);
    return new DeviceFiles(folder, options);
  }

  /** How many files were written. */
  get written(): number {
    return this.#written;
  }

  async write(record: RunRecord): Promise<void> {
    const ending = this.#format === 'text' ? 'txt' : 'json';
    const commands = this.#commandNamesOf(record.device);
    for (const [index, response] of record.responses.entries()) {
      if (!response.ok) continue;
      const name = `${this.#names.get(record.device)}__${commands[index]}.${ending}`;
      const text = this.#format === 'text' ? responseText(response) : `${jsonLine(response)}\n`;
      await writeWhole(join(this.#folder, name), text);
      this.#written += 1;
    }
  }

  #commandNamesOf(device: string): readonly string[] {
    const commands = this.#commandsOf(device);
    const names = this.#commandNames.get(commands) ?? uniqueSlugs(commands);
    this.#commandNames.set(commands, names);
    return names;
  }
}

async function writeWhole(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(temporary, text, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    await unlink(temporary).catch(() => {});
    throw lostOutput(path, error);
  }
}
