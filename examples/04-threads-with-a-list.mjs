// Threads, and one list of their results. Threads of Node share no objects (an array given to one arrives as a copy),
// so each returns its result and the program puts it into the list, in the order in which they finish.
// Run: node examples/04-threads-with-a-list.mjs [devices.yaml]
import { asCompleted, loadInventory } from 'rollcall';
import { Thread } from 'rollcall/futures';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const threads = devices.map((device) => new Thread({ task: sendShow, args: [device, 'sh clock'] }));
for (const thread of threads) thread.start();
const results = [];
for await (const future of asCompleted(threads.map((thread) => thread.future))) results.push(await future);
console.log(results);
