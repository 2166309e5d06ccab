// A program in several modules, to be bundled into one file.
import { InvalidStateError, isMainModule, ProcessPoolExecutor, ThreadPoolExecutor } from 'rollcall/futures';
import { refuse, twice, where } from './tasks.mjs';

async function main(kind) {
  const executor = new kinds[kind]({ maxWorkers: 2 });
  const values = [];
  for await (const value of executor.map(twice, [1, 2, 3])) values.push(value);
  const found = await executor.submit(where);
  const error = await executor.submit(refuse).exception();
  console.log(
    JSON.stringify({
      values,
      worker: found.worker.replace(/\d+/, '0'),
      registered: found.registered,
      sameClass: error instanceof InvalidStateError,
    }),
  );
  await executor.shutdown();
}

const kinds = { threads: ThreadPoolExecutor, processes: ProcessPoolExecutor };
if (isMainModule(import.meta)) await main(process.argv[2]);
