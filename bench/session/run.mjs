// Counts the round trips and the CPU of each step of a session, of rollcall and of netmiko, on a simulated router.
//   node bench/session/run.mjs [--quick]      writes bench/results/session.md
// Builds nothing: `npm run build` first. netmiko is that of test/peers/requirements.txt, which `npm test` installs.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { testPython } from '../../scripts/system-packages.mjs';

const ROUNDS = process.argv.includes('--quick') ? 3 : 7;
/** Two lines of different length: what the one costs more than the other is round trips, whatever else it takes. */
const NEAR_MS = 0;
const FAR_MS = 100;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const lab = here('./lab.mjs');
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

const CLIENTS = {
  rollcall: (device) => execFileSync(process.execPath, [here('./rollcall-steps.mjs'), device], { encoding: 'utf8' }),
  netmiko: (device) => execFileSync(testPython, [here('./netmiko_steps.py'), device], { encoding: 'utf8' }),
};
if (!existsSync(testPython)) {
  console.error('netmiko is not here (npm test installs it): rollcall alone is measured');
  delete CLIENTS.netmiko;
}

/** Runs the lab in a process of its own, so that its CPU is nobody's else, and ends it after `work`. */
async function withDevice(latencyMs, work) {
  const child = spawn(process.execPath, [lab, String(latencyMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    const device = await new Promise((resolve, reject) => {
      child.stdout.once('data', (text) => resolve(String(text)));
      child.once('exit', (code) => reject(new Error(`the lab ended with exit code ${code}`)));
    });
    return work(device.trim());
  } finally {
    child.kill();
  }
}

const samples = new Map();
for (let round = 0; round < ROUNDS; round++) {
  for (const latencyMs of [NEAR_MS, FAR_MS]) {
    for (const [client, run] of Object.entries(CLIENTS)) {
      // A fresh device each time: what one has configured must not be there for the next.
      const steps = JSON.parse(await withDevice(latencyMs, run));
      for (const { step, ms, cpuMs } of steps) {
        const key = JSON.stringify([client, step]);
        const known = samples.get(key) ?? { [NEAR_MS]: [], [FAR_MS]: [], cpu: [] };
        known[latencyMs].push(ms);
        if (latencyMs === FAR_MS) known.cpu.push(cpuMs);
        samples.set(key, known);
      }
    }
  }
  console.error(`round ${round + 1} of ${ROUNDS}`);
}

const figures = (client, step) => {
  const known = samples.get(JSON.stringify([client, step]));
  if (known === undefined) return { trips: '–', cpu: '–' };
  const trips = (median(known[FAR_MS]) - median(known[NEAR_MS])) / (FAR_MS - NEAR_MS);
  return { trips: trips.toFixed(1), cpu: median(known.cpu).toFixed(1) };
};
const steps = [...new Set([...samples.keys()].map((key) => JSON.parse(key)[1]))];
const rows = steps.map((step) => {
  const [ours, theirs] = ['rollcall', 'netmiko'].map((client) => figures(client, step));
  return `| ${step} | ${ours.trips} | ${theirs.trips} | ${ours.cpu} | ${theirs.cpu} |`;
});
const text = [
  '# What a session costs',
  '',
  `- ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}`,
  `- \`node bench/session/run.mjs\`: medians of ${ROUNDS} sessions of one device each, clients in turns`,
  '',
  `Round trips are counted: the time that a step takes on a line of ${FAR_MS} ms there and back, less that on a line without`,
  'delay, divided by the delay. A sleep of fixed length is in neither. CPU is that of the client, user and system. Both',
  'clients get the same simulated Cisco IOS router. rollcall begins with its first step when its modules are loaded, as',
  'netmiko does.',
  '',
  '| step | round trips: rollcall | netmiko | CPU ms: rollcall | netmiko |',
  '| --- | ---: | ---: | ---: | ---: |',
  ...rows,
];
mkdirSync(here('../results'), { recursive: true });
writeFileSync(here('../results/session.md'), `${text.join('\n')}\n`);
console.log(rows.join('\n'));
