import { open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { HostKeyError, makeFolder, processWide, withFileLock } from '../../base/index.js';
import { refusePipe } from '../no-pipe.js';
import { inSlices } from './in-slices.js';
import { formatKnownHost, type KnownHost, parseKnownHost } from './known-hosts.js';

/** A line of a file, and which one it is. */
export interface KnownLine extends KnownHost {
  /** Counted from 1, as editors do. */
  readonly lineNumber: number;
}

/**
 * A known_hosts file in memory, kept up to date with the disk: other workers and programs append to it too. What was
 * appended since the last look is read alone, so that a first run over thousands of devices does not read the
 * growing file once per device.
 */
export class KnownHostsFile {
  readonly path: string;
  #entries: KnownLine[] = [];
  /** How many lines stand before `readUpTo`. */
  #linesRead = 0;
  #readUpTo = 0;
  /** The size at the last look: what stands behind `readUpTo` is a last line without its end. */
  #size = 0;
  /** What stood right before `readUpTo`: when it is not there any more, the file was not only appended to. */
  #before = Buffer.alloc(0);
  /** The line without its end; replaced when it is read again. */
  #unended: KnownLine | undefined;
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
  linesOf(hostId: string): Promise<readonly KnownLine[]> {
    return this.#inTurn(() => this.#entriesOf(hostId));
  }

  /** Returns the authorities among these lines alone: a file of thousands of hosts has few. @throws as `linesOf`. */
  authoritiesOf(hostId: string): Promise<readonly KnownLine[]> {
    return this.#inTurn(() => this.#entriesOf(hostId, (entry) => entry.marker === 'cert-authority'));
  }

  async #entriesOf(hostId: string, wanted: (entry: KnownLine) => boolean = () => true): Promise<readonly KnownLine[]> {
    await this.#refresh();
    const entries = this.#unended === undefined ? this.#entries : [...this.#entries, this.#unended];
    const found: KnownLine[] = [];
    // Each hashed name costs an HMAC, and a file may have 100,000 of them.
    await inSlices(entries, (entry) => {
      if (wanted(entry) && entry.matches(hostId)) found.push(entry);
    });
    return found;
  }

  /**
   * Remembers a key, unless a key of that host is there by now: another session may have learned one a moment ago. Those
   * that are there are returned. @throws HostKeyError (`host_key_store`) when the file cannot be read or written.
   */
  remember(hostId: string, key: Buffer): Promise<readonly KnownLine[]> {
    return this.#inTurn(async () => {
      try {
        makeFolder(dirname(this.path), 0o700);
        // Other processes learn too: without a lock two of them could learn two keys of one host, and trust both.
        return await withFileLock(this.path, async () => {
          const known = (await this.#entriesOf(hostId)).filter(({ marker }) => marker === 'none');
          if (known.length === 0) await this.#append(formatKnownHost(hostId, key));
          return known;
        });
      } catch (error) {
        if (error instanceof HostKeyError) throw error;
        throw new HostKeyError(
          'host_key_store',
          `cannot remember the host key of ${hostId} in ${this.path}: ${(error as Error).message}; name a file that can be written (--known-hosts FILE)`,
          { phase: 'host_key', cause: error },
        );
      }
    });
  }

  async #append(line: string): Promise<void> {
    const file = await open(this.path, 'a+', 0o600);
    try {
      const { size } = await file.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await file.read(last, 0, 1, size - 1);
      // One write in append mode: lines of several writers never mix, whatever the others are.
      await file.appendFile(`${size > 0 && last[0] !== LF ? '\n' : ''}${line}`);
    } finally {
      await file.close();
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastWork.then(work);
    this.#lastWork = turn.catch(() => {});
    return turn;
  }

  async #refresh(): Promise<void> {
    try {
      const facts = await stat(this.path);
      refusePipe(facts);
      const { size, ino, mtimeMs } = facts;
      if (ino === this.#inode && size === this.#size && mtimeMs === this.#modified) return;
      const grown = ino === this.#inode && size > this.#size;
      if (!grown || !(await this.#read(size))) {
        this.#forget();
        await this.#read(size);
      }
      this.#inode = ino;
      this.#modified = mtimeMs;
      this.#size = size;
    } catch (error) {
      this.#forget();
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw new HostKeyError('host_key_store', `cannot read ${this.path}: ${(error as Error).message}`, {
        phase: 'host_key',
        cause: error,
      });
    }
  }

  #forget(): void {
    this.#entries = [];
    this.#unended = undefined;
    this.#readUpTo = 0;
    this.#linesRead = 0;
    this.#before = Buffer.alloc(0);
    this.#inode = 0;
    this.#size = 0;
  }

  /** Reads on from where the last look ended; false when what stood before that place has changed. */
  async #read(size: number): Promise<boolean> {
    const file = await open(this.path, 'r');
    try {
      const start = this.#readUpTo - this.#before.length;
      const bytes = Buffer.alloc(size - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      const read = bytes.subarray(0, bytesRead);
      if (!read.subarray(0, this.#before.length).equals(this.#before)) return false;
      const ended = read.lastIndexOf(LF) + 1;
      const lines = read.toString('utf8', this.#before.length, ended).split('\n');
      // Behind the last line end there is nothing.
      lines.pop();
      await inSlices(lines, (line) => {
        this.#linesRead++;
        const entry = parseKnownHost(line);
        if (entry !== undefined) this.#entries.push({ ...entry, lineNumber: this.#linesRead });
      });
      // A last line without its end may still be written to: it counts now, and is read again.
      const unended = parseKnownHost(read.toString('utf8', ended));
      this.#unended = unended && { ...unended, lineNumber: this.#linesRead + 1 };
      this.#readUpTo = start + ended;
      this.#before = Buffer.from(read.subarray(Math.max(0, ended - COMPARED_BYTES), ended));
      return true;
    } finally {
      await file.close();
    }
  }
}

const LF = 0x0a;

/** How much is compared to tell an appended file from an edited one. */
const COMPARED_BYTES = 256;
