import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, OptionError, stateDirectory } from '../base/index.js';
import { type ParsedKey, utils } from './ssh2-server.js';

/** A kind of SSH host key that a simulated device can have. */
export type HostKeyType = 'ed25519' | 'rsa';

/** Returns where a lab keeps its host keys when it is told nothing else: `lab` in rollcall's state directory. */
export const defaultStateDirectory = (): string => join(stateDirectory(), 'lab');

/** Makes keys once, keeps them in files that only their owner may read, and finds them there the next time. */
export class HostKeyStore {
  readonly #directory: string;
  readonly #loaded = new Map<string, ParsedKey>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Returns the key of that type that all devices share, or that the named device has for its own. */
  key(type: HostKeyType, device?: string): ParsedKey {
    const owner = device === undefined ? 'shared' : `device_${encodeURIComponent(device)}`;
    const file = join(this.#directory, `${owner}_${type}_key`);
    let key = this.#loaded.get(file);
    if (key === undefined) {
      key = this.#read(file) ?? this.#make(type, file);
      this.#loaded.set(file, key);
    }
    return key;
  }

  #read(file: string): ParsedKey | undefined {
    let text: string;
    try {
      text = readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw new OptionError(`the lab's host key ${file} cannot be read: ${(error as Error).message}`, { cause: error });
    }
    const key = utils.parseKey(text);
    if (key instanceof Error) {
      throw new OptionError(`the lab's host key ${file} is no private key: remove it, and the lab makes a new one`);
    }
    return key;
  }

  #make(type: HostKeyType, file: string): ParsedKey {
    const made = generate(type);
    const draft = `${file}.${randomUUID()}`;
    try {
      makeFolder(this.#directory, 0o700);
      writeFileSync(draft, made, { mode: 0o600, flag: 'wx' });
      // A link fails where the file already is: of two labs that start at once, both use the key of the first.
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
        const reason = (error as Error).message;
        throw new OptionError(`stateDirectory must be a folder that can be written to: ${reason}`, { cause: error });
      }
    } finally {
      rmSync(draft, { force: true });
    }
    const key = this.#read(file);
    if (key === undefined) throw new OptionError(`the lab's host key ${file} vanished while it was made`);
    return key;
  }
}

/** About one ed25519 key in two hundred that ssh2 1.17 makes cannot be read back: make them until one can. */
function generate(type: HostKeyType): string {
  const probe = Buffer.from('rollcall');
  for (;;) {
    const made = utils.generateKeyPairSync(type, { bits: 2048, comment: 'rollcall lab' }).private;
    const key = utils.parseKey(made);
    if (key instanceof Error) continue;
    const signature = key.sign(probe);
    if (!(signature instanceof Error) && key.verify(probe, signature) === true) return made;
  }
}
