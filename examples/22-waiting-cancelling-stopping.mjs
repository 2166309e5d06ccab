// Waiting for some, cancelling what has not started, a result with a time limit, two ways to shut down.
// Run: node examples/22-waiting-cancelling-stopping.mjs [devices.yaml]
import { loadInventory, Secret, ThreadPoolExecutor, wait } from 'rollcall';
import { sendShow } from './send-show.mjs';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
const submit = (list) => list.map((device) => executor.submit(sendShow, device, 'sh clock'));

const futures = submit(devices);
console.log('submitted:', futures);
await futures[0].result({ timeoutMs: 10 }).catch((error) => console.log(`${error.name}, but it goes on:`, futures[0]));
const first = await wait(futures, { returnWhen: 'FIRST_COMPLETED' });
console.log('the first is done:', first.done, 'not done:', first.notDone);

const [more] = submit([devices[0]]);
console.log('cancel a running one:', futures[0].cancel());
console.log('cancel one that has not started:', more.cancel(), more);
console.log('all are done:', (await wait(futures)).done);

const failing = submit([devices[2], { ...devices[1], password: new Secret('wrong') }]);
const error = await wait(failing, { returnWhen: 'FIRST_EXCEPTION' });
console.log('the first error:', error.done, 'not done:', error.notDone);
await wait(failing);

const rest = submit(devices);
executor.shutdown({ wait: false, cancelFutures: true }); // returns at once; what runs, runs on
console.log('shut down without waiting:', rest);
await executor.shutdown();
console.log('shut down:', rest);
