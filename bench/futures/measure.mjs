// Drives contestants, each in a process of its own, in turns.
import { execFileSync, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('./contestant.mjs', import.meta.url));

/** Of the figures that are there; undefined when there is none. */
export const median = (numbers) => quantile(numbers, 0.5);

export function quantile(numbers, share) {
  const sorted = numbers.filter((one) => one !== undefined).sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

/** What a contestant prints that runs once and ends; undefined when it fails. */
export function once(mode, id, workers = 1) {
  try {
    const args = [program, mode, id, String(workers)];
    return Number(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
  } catch {
    return undefined;
  }
}

/** Starts contestants, runs `work` with a way to ask each, and ends them. */
export async function serving(ids, workers, work) {
  const children = new Map();
  const answer = (child) =>
    new Promise((resolve, reject) => {
      child.once('message', ({ result }) => resolve(result));
      child.once('exit', () => reject(new Error('it ended')));
    });
  try {
    for (const id of ids) {
      const child = fork(program, ['serve', id, String(workers)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      child.setMaxListeners(0);
      children.set(id, child);
      await answer(child);
    }
    return await work((id, message) => {
      const child = children.get(id);
      const answered = answer(child);
      child.send(message);
      return answered;
    });
  } finally {
    for (const child of children.values()) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      if (child.connected) child.send({ what: 'close' });
      if (child.exitCode === null && child.signalCode === null) await ended;
      clearTimeout(late);
    }
  }
}

/** Round after round asks each contestant in turn; answers the list of answers of each. */
export async function inTurns(ids, workers, rounds, message) {
  const answers = new Map(ids.map((id) => [id, []]));
  await serving(ids, workers, async (ask) => {
    for (let round = 0; round < rounds; round++) {
      // The first is another one each time.
      for (let at = 0; at < ids.length; at++) {
        const id = ids[(at + round) % ids.length];
        answers.get(id).push(await ask(id, message));
      }
    }
  });
  return answers;
}
