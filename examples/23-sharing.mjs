// What threads share in Node: messages, queues, and memory. An object that is given to a thread is copied, so there is
// no lock to forget; memory that is really shared (SharedArrayBuffer) is counted in with Atomics, which need no lock.
// Run: node examples/23-sharing.mjs
import { isMainModule, task } from 'rollcall';
import { Queue, Thread } from 'rollcall/futures';

export const count = task(import.meta.url, 'count', async (name, memory, copy, lines) => {
  const counter = new Int32Array(memory);
  for (let i = 0; i < 100_000; i++) Atomics.add(counter, 0, 1); // counter[0] += 1 would lose some
  copy.total += 100_000; // changes this thread's copy and nothing else
  for (const part of ['begins', 'goes on', 'ends']) await lines.put(`${name} ${part}`);
});

if (isMainModule(import.meta)) {
  const memory = new SharedArrayBuffer(4);
  const copy = { total: 0 };
  const lines = new Queue();
  const names = ['A', 'B', 'C', 'D'];
  const threads = names.map((name) => new Thread({ task: count, args: [name, memory, copy, lines] }));
  for (const thread of threads) thread.start();

  // One writer: threads put whole lines into a queue, and only the program prints.
  const said = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i < 3 * threads.length; i++) {
    const line = await lines.get();
    said[line[0]].push(line);
  }
  for (const thread of threads) await thread.join();
  for (const name of names) console.log(said[name].join(', '));
  console.log('counted in shared memory:', Atomics.load(new Int32Array(memory), 0));
  console.log('counted in copies:', copy.total);
}
