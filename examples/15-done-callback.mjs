// A callback parses each answer as it comes and writes it into a CSV file of its own, in the working directory.
// Run: node examples/15-done-callback.mjs [devices.yaml]
import { writeFileSync } from 'node:fs';
import { loadInventory, ThreadPoolExecutor } from 'rollcall';
import { time } from './log.mjs';
import { sendShow } from './send-show.mjs';

const ROW = /^(\S+) +(\S+) +(\S+) +(\S+) +(\S.*?) +(\S+) *$/gm;

async function parseAndWrite(future) {
  const [[address, output]] = Object.entries(await future);
  const rows = Array.from(output.matchAll(ROW), ([, ...fields]) => fields.join(','));
  writeFileSync(`${address.replaceAll(':', '_')}.csv`, `${rows.join('\n')}\n`);
  console.log(`#### ${time()} Parsed: ${address}`);
}

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const executor = new ThreadPoolExecutor({ maxWorkers: 2 });
for (const device of devices) executor.submit(sendShow, device, 'sh ip int br').addDoneCallback(parseAndWrite);
await executor.shutdown();
