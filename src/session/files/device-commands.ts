import { type ChecksumAlgorithm, type FilesData, readFilesAnswer } from '../../platforms/index.js';
import { fillIn, type RemotePath } from './remote-path.js';

/** Types a line on the device, and returns the lines of its answer; undefined where it cannot be typed now. */
export type TypeLine = (line: string, mode: string | undefined) => Promise<Iterable<string> | undefined>;

/** A checksum that the device has computed. */
export interface Checksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly sum: string;
}

/** What the command line of a device tells of its files, as its platform's data have it. */
export class DeviceCommands {
  readonly #files: Partial<FilesData>;
  readonly #type: TypeLine;

  constructor(files: Partial<FilesData>, type: TypeLine) {
    this.#files = files;
    this.#type = type;
  }

  /** Undefined where the device has no command for it, or did not answer with one. */
  async checksum(path: RemotePath): Promise<Checksum | undefined> {
    for (const one of this.#files.checksums ?? []) {
      const lines = await this.#ask(one.send, path);
      const sum = lines && readFilesAnswer({ protocols: [], checksums: [one] }, 'checksum', lines);
      if (sum !== undefined) return { algorithm: one.algorithm, sum };
    }
    return undefined;
  }

  /** In bytes; `absent` where there is no such file, `folder` where it is none, undefined where the device does not tell. */
  async size(path: RemotePath): Promise<number | 'absent' | 'folder' | undefined> {
    const { size } = this.#files;
    const lines = size && (await this.#ask(size.send, path));
    const told = lines && readFilesAnswer({ protocols: [], size }, 'size', lines);
    return told === undefined || told === 'absent' || told === 'folder' ? told : Number(told);
  }

  /** In bytes; undefined where the device does not tell. */
  async free(path: RemotePath): Promise<number | undefined> {
    const { free } = this.#files;
    const lines = free && (await this.#ask(free.send, path));
    const told = lines && readFilesAnswer({ protocols: [], free }, 'free', lines);
    return told === undefined ? undefined : Number(told);
  }

  /** How a person removes a file there. */
  howToRemove(path: RemotePath): string {
    const { remove } = this.#files;
    const line = remove === undefined ? undefined : fillIn(remove, path, this.#files);
    return line === undefined ? 'remove it there' : `remove it with: ${line}`;
  }

  async #ask(line: string, path: RemotePath): Promise<Iterable<string> | undefined> {
    const filled = fillIn(line, path, this.#files);
    return filled === undefined ? undefined : this.#type(filled, this.#files.in);
  }
}
