import { Secret } from '../../base/index.js';
import { askAtTerminal, canAsk } from '../ask.js';
import { UsageError } from '../exit-codes.js';

/** No secret is longer. */
const MOST_BYTES = 64 * 1024;

/** Asks twice, since nobody sees what is typed. @throws UsageError where there is no terminal, and for two answers. */
export async function askTwice(what: string): Promise<Secret> {
  if (!canAsk()) throw new UsageError(`${what} is asked for at the terminal, and there is none`);
  const first = await askAtTerminal(`${what}: `);
  if (first === '') throw new UsageError(`${what} is empty`);
  if (first !== (await askAtTerminal(`${what}, once more: `))) throw new UsageError('the two differ; nothing was done');
  return new Secret(first);
}

/** Reads a secret without showing it: from the terminal, else the one line of standard input. @throws UsageError. */
export async function readValue(what: string): Promise<Secret> {
  if (canAsk()) return askTwice(what);
  const text = (await readInput()).replace(/\r?\n$/, '');
  if (text === '') throw new UsageError(`${what}: standard input is empty`);
  if (/[\0\r\n]/.test(text)) throw new UsageError(`${what} must be one line; standard input has several`);
  return new Secret(text);
}

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES)
      throw new UsageError(`standard input has more than ${MOST_BYTES / 1024} KiB: this is no secret`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
