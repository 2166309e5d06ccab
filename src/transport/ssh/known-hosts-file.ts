import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HostKeyError, processWide } from '../../base/index.js';
import { formatKnownHost, type KnownHost, parseKnownHost } from './known-hosts.js';

/**
 * A known_hosts file in memory, kept up to date with the disk: other workers and programs append to it too. What was
 * appended since the last look is read alone, so that a first run over thousands of devices does not read the
 * growing file once per device.
 */
export class KnownHostsFile {
  readonly path: string;
  #entries: KnownHost[] = [];
  #readUpTo = 0;
  #inode = 0;
  #modified = 0;
  #lastWork: Promise<unknown> = Promise.resolve();

  private constructor(path: string) {
    this.path = path;
  }

  /** Returns the one object that this process keeps for that file. */
  static at(path: string): KnownHostsFile {
    const files = processWide('knownHostsFiles', () => new Map<string, KnownHostsFile>());
    const file = files.get(path) ?? new KnownHostsFile(path);
    files.set(path, file);
    return file;
  }

  /** Returns the lines that speak of that host. @throws HostKeyError (`host_key_store`) when the file cannot be read. */
  async linesOf(hostId: string): Promise<readonly KnownHost[]> {
    await this.#inTurn(() => this.#refresh());
    return this.#entries.filter((entry) => entry.matches(hostId));
  }

  /** Remembers a key. @throws HostKeyError (`host_key_store`) when it cannot be written. */
  remember(hostId: string, key: Buffer): Promise<void> {
    return this.#inTurn(async () => {
      try {
        await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
        const file = await open(this.path, 'a+', 0o600);
        try {
          const { size } = await file.stat();
          const last = Buffer.alloc(1);
          if (size > 0) await file.read(last, 0, 1, size - 1);
          // One write in append mode: lines of several writers never mix.
          await file.appendFile(`${size > 0 && last[0] !== 0x0a ? '\n' : ''}${formatKnownHost(hostId, key)}`);
        } finally {
          await file.close();
        }
      } catch (error) {
        throw new HostKeyError(
          'host_key_store',
          `cannot remember the host key of ${hostId} in ${this.path}: ${(error as Error).message}; name a file that can be written (--known-hosts FILE)`,
          { phase: 'host_key', cause: error },
        );
      }
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastWork.then(work);
    this.#lastWork = turn.catch(() => {});
    return turn;
  }

  async #refresh(): Promise<void> {
    try {
      const { size, ino, mtimeMs } = await stat(this.path);
      if (ino === this.#inode && size === this.#readUpTo && mtimeMs === this.#modified) return;
      const grown = ino === this.#inode && size > this.#readUpTo;
      if (!grown) {
        this.#entries = [];
        this.#readUpTo = 0;
      }
      await this.#readFrom(this.#readUpTo, size);
      this.#inode = ino;
      this.#modified = mtimeMs;
    } catch (error) {
      this.#entries = [];
      this.#readUpTo = 0;
      this.#inode = 0;
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw new HostKeyError('host_key_store', `cannot read ${this.path}: ${(error as Error).message}`, {
        phase: 'host_key',
        cause: error,
      });
    }
  }

  async #readFrom(start: number, end: number): Promise<void> {
    const file = await open(this.path, 'r');
    try {
      const bytes = Buffer.alloc(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      const text = bytes.toString('utf8', 0, bytesRead);
      for (const line of text.split('\n')) {
        const entry = parseKnownHost(line);
        if (entry !== undefined) this.#entries.push(entry);
      }
      // A last line without its end may still be written to: it is read now and again when it is whole.
      this.#readUpTo = start + Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1));
    } finally {
      await file.close();
    }
  }
}
