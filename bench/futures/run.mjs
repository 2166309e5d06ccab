// Compares the pools of rollcall/futures with other pools of threads and processes for Node, all in one run.
//   node bench/futures/run.mjs [--quick]      writes bench/results/futures.md and futures.svg
// Builds nothing: `npm run build` first. Installs what it compares with into bench/futures/peers/node_modules.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { npm } from '../../scripts/run.mjs';
import { CONTESTANTS } from './contestants.mjs';
import { inTurns, median, once, quantile } from './measure.mjs';
import { plot } from './plot.mjs';

const quick = process.argv.includes('--quick');
const ROUNDS = quick ? 3 : 5;
const MS = quick ? 150 : 400;
const TRIPS = quick ? 300 : 3000;

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { dependencies } = JSON.parse(readFileSync(here('./peers/package.json'), 'utf8'));

function versionOf(name) {
  const file = here(`./peers/node_modules/${name}/package.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
}

if (Object.entries(dependencies).some(([name, version]) => versionOf(name) !== version)) {
  console.error('installing what is compared with …');
  npm(['install', '--no-audit', '--no-fund', '--no-package-lock', '--ignore-scripts', '--prefix', here('./peers')]);
}

const ids = (where) => Object.keys(CONTESTANTS).filter((id) => CONTESTANTS[id].where === where);
const say = (text) => console.error(text);

/** Runs one kind of measurement for threads and for processes; each gives the figures of its contestants. */
async function measured(title, where, figures) {
  say(`${where}: ${title}`);
  return { title, where, figures: await figures };
}

async function throughput(where, call, workers) {
  const answers = await inTurns(ids(where), workers, ROUNDS, { what: 'throughput', call, ms: MS });
  return new Map([...answers].map(([id, list]) => [id, median(list)]));
}

async function latency(where) {
  const answers = await inTurns(ids(where), 1, ROUNDS, { what: 'latency', count: TRIPS });
  const at = (share) => new Map([...answers].map(([id, list]) => [id, quantile(list.flat(), share)]));
  return { p50: at(0.5), p99: at(0.99) };
}

function start(where) {
  const samples = new Map(ids(where).map((id) => [id, []]));
  for (let round = 0; round < ROUNDS; round++) for (const id of ids(where)) samples.get(id).push(once('start', id));
  return new Map([...samples].map(([id, list]) => [id, median(list)]));
}

function memory(where) {
  if (process.platform !== 'linux') return new Map();
  const rounds = quick ? 1 : 3;
  const perWorker = (id) => {
    const [one, five] = [once('memory', id, 1), once('memory', id, 5)];
    return one === undefined || five === undefined ? undefined : (five - one) / 4 / 2 ** 20;
  };
  const of = (id) => Array.from({ length: rounds }, () => perWorker(id));
  return new Map(ids(where).map((id) => [id, median(of(id))]));
}

const tables = [];
for (const where of ['threads', 'processes']) {
  const add = async (title, better, figures) => {
    tables.push({ ...(await measured(title, where, figures())), better });
  };
  for (const workers of [1, 2]) {
    for (const call of ['number', 'object']) {
      const title = `calls per second of a function that does nothing, ${call}, workers: ${workers}`;
      await add(title, 'more', () => throughput(where, call, workers));
    }
  }
  say(`${where}: round trips`);
  const { p50, p99 } = await latency(where);
  await add('round trip of one call, µs, p50', 'less', async () => p50);
  await add('round trip of one call, µs, p99', 'less', async () => p99);
  await add('from the import to the first result, ms', 'less', async () => start(where));
  await add('memory of one more idle worker, MiB', 'less', async () => memory(where));
  for (const call of ['hash 64 kB', 'parse 100 kB']) {
    await add(`calls per second, ${call}, workers: 2`, 'more', () => throughput(where, call, 2));
  }
}

/** Ours against the best of the others, in the direction in which more than 1 is better for us. */
function ratioOf({ better, figures }) {
  const of = (ours) =>
    [...figures].filter(([id, value]) => (CONTESTANTS[id].library === 'rollcall') === ours && value !== undefined);
  const best = (list) => (better === 'more' ? Math.max(...list) : Math.min(...list));
  const [ours, others] = [best(of(true).map(([, value]) => value)), best(of(false).map(([, value]) => value))];
  return better === 'more' ? ours / others : others / ours;
}

/** How many times better than the best other pool each is meant to be; under 1 where it may be so much worse. */
const GOALS = [
  [/does nothing, number/, 10],
  [/does nothing, object/, 3],
  [/p50/, 1],
  [/first result|idle worker/, 0.9],
  [/hash|parse/, 1],
];
const goalOf = (title) => GOALS.find(([pattern]) => pattern.test(title))?.[1];

/** One row for each title, and the ratios in threads and in processes. */
function summary() {
  const rows = [...new Set(tables.map(({ title }) => title))].map((title) => {
    const cells = ['threads', 'processes'].map((where) => {
      const table = tables.find((one) => one.where === where && one.title === title);
      return `${ratioOf(table).toFixed(2)}×`;
    });
    const goal = goalOf(title);
    return `| ${title} | ${goal === undefined ? '' : `${goal}×`} | ${cells.join(' | ')} |`;
  });
  return [
    '| the best of rollcall to the best other | goal | threads | processes |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
  ];
}

const LIMIT = 100;
const shown = (value) => {
  if (value === undefined || !Number.isFinite(value)) return '–';
  return value >= LIMIT ? Math.round(value).toLocaleString('en') : value.toFixed(1);
};

function markdown(where) {
  const mine = tables.filter((table) => table.where === where);
  const lines = [`## In ${where}`, ''];
  for (const table of mine) {
    lines.push(
      `**${table.title}** (${table.better} is better; the best of rollcall to the best other: ${ratioOf(table).toFixed(2)}×)`,
      '',
    );
    lines.push('| pool | settings beside the number of workers | |', '| --- | --- | ---: |');
    for (const id of ids(where)) {
      const { library, settings } = CONTESTANTS[id];
      lines.push(
        `| ${library} | ${settings === '' ? 'defaults' : `\`${settings}\``} | ${shown(table.figures.get(id))} |`,
      );
    }
    lines.push('');
  }
  return lines;
}

function machine() {
  const [cpu] = cpus();
  const { version } = JSON.parse(readFileSync(here('../../package.json'), 'utf8'));
  const commit = () => {
    try {
      return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: here('.'), encoding: 'utf8' }).trim();
    } catch {
      return 'unknown';
    }
  };
  return [
    `- ${new Date().toISOString().slice(0, 10)}, rollcall ${version} (commit ${commit()}) beside ${Object.entries(
      dependencies,
    )
      .map(([name, one]) => `${name} ${one}`)
      .join(', ')}`,
    `- Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpu?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    `- \`node bench/futures/run.mjs${quick ? ' --quick' : ''}\`: ${ROUNDS} rounds of ${MS} ms (${TRIPS} round trips each)`,
  ];
}

const text = [
  '# How fast the futures are',
  '',
  ...machine(),
  '',
  'Each pool lives in a process of its own; the rounds go in turns, another pool first each time, and a figure is the',
  'median of its rounds (round trips: quantiles over all of them). Calls are made 5,000 at once and awaited together (work:',
  '64), so each pool has as much to do as it can take. Every pool is given its number of workers; what else is set stands',
  'beside it: once nothing, once what its documentation recommends for many short calls. The time to the first result',
  'begins before the import of the library and has one worker. Memory is the proportional set size of the whole tree of',
  'processes with 5 workers less that with 1, divided by 4. The plot is [futures.svg](futures.svg).',
  '',
  ...summary(),
  '',
  ...markdown('threads'),
  ...markdown('processes'),
];
mkdirSync(here('../results'), { recursive: true });
writeFileSync(here('../results/futures.md'), `${text.join('\n').trimEnd()}\n`);
const plotted = tables.filter(({ title }) => title.includes('does nothing') && title.includes('workers: 2'));
writeFileSync(here('../results/futures.svg'), plot(plotted, CONTESTANTS));
for (const table of tables) console.log(`${ratioOf(table).toFixed(2).padStart(7)}×  ${table.where}: ${table.title}`);
