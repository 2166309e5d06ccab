// A list of commands of its own for each device, at most three devices at a time, all answers in one file.
// Run: node examples/26-commands-per-device.mjs [devices.yaml] [answers.txt]
import { writeFileSync } from 'node:fs';
import { EventLoopExecutor, loadInventory, run, sendCommands } from 'rollcall';

const COMMANDS = [['sh clock'], ['sh ip int br', 'sh privilege'], ['sh ip route']];

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
const { results } = await run(sendCommands, devices, {
  input: (device) => ({ commands: COMMANDS[devices.indexOf(device)] }),
  executor: new EventLoopExecutor({ maxWorkers: 3 }),
});
const answers = results.flatMap(({ value }) => value?.responses ?? []);
const text = answers.map(({ prompt, command, output }) => `${prompt}${command}\n${output}\n`).join('');
writeFileSync(process.argv[3] ?? 'answers.txt', text);
for (const { device, error } of results) console.log(device.name, error?.message ?? 'ok');
