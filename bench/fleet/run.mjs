// Runs `rollcall run "show clock" --workers 1000` on 100,000 devices and plots its memory, beside a bare client on the
// same lab, and loads the same inventory in each form.
//   node bench/fleet/run.mjs [--quick]      writes bench/results/fleet.md and fleet.svg
// Builds nothing: `npm run build` first. The lab has 2,000 addresses: each stands for many names of the inventory.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plot } from './plot.mjs';

const QUICK = process.argv.includes('--quick');
const RUNS = QUICK
  ? [['telnet', 2000]]
  : [
      ['telnet', 10_000],
      ['telnet', 100_000],
      ['ssh', 10_000],
    ];
const LOADED = QUICK ? 10_000 : 100_000;
const LOADS = 3;
const ADDRESSES = 2000;
const AT_ONCE = 1000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'rollcall-bench-'));
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const mib = (bytes) => Math.round(bytes / 1024 / 1024);
const many = (count) => count.toLocaleString('en');

/** Runs a lab in a process of its own, and ends it after `work`. */
async function withLab(transport, work) {
  const child = spawn(process.execPath, [here('./lab.mjs'), String(ADDRESSES), transport], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const devices = await new Promise((resolve, reject) => {
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (text) => {
        said += text;
        if (said.endsWith('\n')) resolve(JSON.parse(said));
      });
      child.once('exit', (code) => reject(new Error(`the lab ended with exit code ${code}`)));
    });
    return await work(devices);
  } finally {
    child.kill();
  }
}

async function timed(args, { input, env } = {}) {
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, XDG_STATE_HOME: folder, ...env },
  });
  child.stdin.end(input ?? '');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { seconds: (performance.now() - start) / 1000, said, code };
}

const deviceOf = (devices, index) => {
  const { host, port, platform } = devices[index % devices.length];
  return {
    name: `D${index + 1}`,
    device_type: platform,
    host,
    port,
    username: 'cisco',
    password: 'cisco',
    secret: 'cisco',
  };
};
const blocks = (fleet) =>
  fleet
    .map((device) =>
      Object.entries(device)
        .map(([key, value], at) => `${at === 0 ? '- ' : '  '}${key}: ${value}\n`)
        .join(''),
    )
    .join('');

async function measure(transport, count, devices) {
  const fleet = Array.from({ length: count }, (_, index) => deviceOf(devices, index));
  const addresses = JSON.stringify(fleet.map(({ host, port }) => ({ host, port })));
  const bare = await timed([here('./bare.mjs'), transport, String(AT_ONCE)], { input: addresses });
  const floor = JSON.parse(bare.said);
  console.error(`${transport}, ${many(count)}: a bare client took ${bare.seconds.toFixed(1)} s`);
  const [inventory, output, samples] = ['fleet.yaml', 'out.ndjson', 'samples'].map((name) => join(folder, name));
  writeFileSync(inventory, blocks(fleet));
  const flags = [
    '-i',
    inventory,
    '--workers',
    String(AT_ONCE),
    '--format',
    'ndjson',
    '-o',
    output,
    '--no-agent',
    '--connect-timeout',
    '120',
  ];
  const run = await timed(
    ['--import', here('./sampler.mjs'), here('../../dist/cli/main.js'), 'run', 'show clock', ...flags],
    { env: { ROLLCALL_BENCH_SAMPLES: samples } },
  );
  const memory = readFileSync(samples, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const ok = readFileSync(output, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"status":"ok"')).length;
  console.error(`${transport}, ${many(count)}: rollcall took ${run.seconds.toFixed(1)} s, ${ok} ok`);
  return { transport, count, bare, floor, run, memory, ok };
}

const rows = [];
for (const [transport, count] of RUNS) {
  rows.push(await withLab(transport, (devices) => measure(transport, count, devices)));
}

const loaded = Array.from({ length: LOADED }, (_, index) =>
  deviceOf([{ host: `r${index}.example.net`, port: 22, platform: 'cisco_ios' }], index),
).map((device, index) => ({ ...device, host: `r${index}.example.net`, conn_timeout: 10 }));
const forms = [
  ['YAML', 'plain.yaml', blocks(loaded)],
  ['JSON', 'list.json', JSON.stringify(loaded, null, 1)],
  ['YAML with an anchor, read by the yaml library', 'anchor.yaml', blocks(loaded).replace('port: 22', 'port: &ssh 22')],
];
const loads = forms.map(([what, name, text]) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  const taken = Array.from({ length: LOADS }, () =>
    JSON.parse(execFileSync(process.execPath, [here('./load.mjs'), file], { encoding: 'utf8' })),
  );
  const of = (key) => median(taken.map((one) => one[key]));
  console.error(`${what}: ${of('seconds').toFixed(2)} s`);
  return `| ${what} | ${mib(text.length)} | ${of('seconds').toFixed(2)} | ${of('cpuSeconds').toFixed(2)} | ${Math.round(of('peakMb'))} |`;
});
rmSync(folder, { recursive: true });

const each = (seconds, count) => ((seconds * 1000) / count).toFixed(2);
const table = rows.map(({ transport, count, bare, floor, run, memory, ok }) => {
  const cpu = memory.at(-1).cpuSeconds;
  const rss = mib(Math.max(...memory.map((one) => one.rss)));
  const heap = mib(Math.max(...memory.map((one) => one.heapUsed)));
  const times = `${bare.seconds.toFixed(1)} | ${run.seconds.toFixed(1)} | ${each(floor.cpuSeconds, count)} | ${each(cpu, count)}`;
  return `| ${transport} | ${many(count)} | ${many(ok)} | ${times} | ${rss} | ${heap} |`;
});
const page = `# A hundred thousand devices

- ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0].model}; load average of the machine at the end ${loadavg()[0].toFixed(1)}
- \`node bench/fleet/run.mjs${QUICK ? ' --quick' : ''}\`: one run each, ${many(AT_ONCE)} sessions at once, client and lab on the same processors

\`rollcall run "show clock" --workers 1000 --format ndjson -o FILE\` against a lab of ${many(ADDRESSES)} simulated routers, each
under many names. The bare client beside it does the same conversation with no grammar of prompts, no inventory and no results: its
time is that of the lab. CPU is the client's, user and system, its start included: where other programs share the machine, it is the
figure to compare.

| transport | devices | ok | bare client, s | rollcall, s | bare, CPU ms each | rollcall, CPU ms each | peak memory, MiB | peak heap, MiB |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${table.join('\n')}

![Memory over time](fleet.svg)

## Loading ${many(LOADED)} devices

Eight keys each; medians of ${LOADS}. Memory is what the peak of the process grew by.

| form | MiB | s | CPU s | memory, MiB |
| --- | ---: | ---: | ---: | ---: |
${loads.join('\n')}
`;
const largest = rows.toSorted((a, b) => b.count - a.count)[0];
mkdirSync(here('../results'), { recursive: true });
writeFileSync(here('../results/fleet.md'), page);
writeFileSync(
  here('../results/fleet.svg'),
  plot(largest.memory, `Memory of a run on ${many(largest.count)} devices over ${largest.transport}`),
);
console.error('bench/results/fleet.md');
