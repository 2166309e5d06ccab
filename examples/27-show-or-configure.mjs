// Show commands or configuration commands on every device, at most three at a time, the whole dialogue in one file.
// Run: node examples/27-show-or-configure.mjs devices.yaml dialogue.txt --config "logging 10.5.5.5" [--stop-on-error]
//  or: node examples/27-show-or-configure.mjs devices.yaml dialogue.txt --show "sh clock" --show "sh ip int br"
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { connect, EventLoopExecutor, loadInventory } from 'rollcall';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    show: { type: 'string', multiple: true },
    config: { type: 'string', multiple: true },
    'stop-on-error': { type: 'boolean', default: false },
  },
});
const { show, config } = values;
if ((show === undefined) === (config === undefined)) throw new TypeError('give --show or --config, one of the two');

async function converse(device) {
  const session = await connect(device);
  try {
    if (config !== undefined) {
      const onRefusal = values['stop-on-error'] ? 'stop' : 'continue';
      return await session.sendConfig(config, { onRefusal });
    }
    const responses = [];
    for (const command of show) responses.push(await session.sendCommand(command));
    return {
      responses,
      dialogue: responses.map(({ prompt, command, output }) => `${prompt}${command}\n${output}`).join('\n'),
    };
  } finally {
    await session.close();
  }
}

const [inventory, file] = positionals;
const { devices } = await loadInventory(inventory);
const executor = new EventLoopExecutor({ maxWorkers: 3 });
const futures = devices.map((device) => executor.submit(converse, device));
let text = '';
for (const [i, future] of futures.entries()) {
  const { responses, dialogue } = await future;
  text += `${dialogue}\n`;
  for (const { ok, command, refusal } of responses)
    if (!ok) console.log(`${devices[i].name} refused "${command}": ${refusal}`);
}
writeFileSync(file, text);
