// Who is compared. Each is made with a number of workers, and called by the name of a function with one argument.
// `settings` is what is set beside the number of workers: '' is what one gets without reading further.
import { fileURLToPath } from 'node:url';

const load = async (name) => (await import('./peers/load.mjs')).load(name);
const file = (name) => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** `tasks` says how the functions become tasks: `task` in their own module, or `moduleTasks` of a module that knows nothing of it. */
function rollcall(where, settings, tasks = 'task') {
  return {
    library: 'rollcall',
    where,
    settings: [shown(settings), tasks === 'task' ? '' : tasks].filter((one) => one !== '').join(', '),
    async make(workers) {
      const { moduleTasks, ProcessPoolExecutor, ThreadPoolExecutor } = await import('rollcall/futures');
      const functions =
        tasks === 'task' ? await import('./tasks.mjs') : moduleTasks(new URL('./functions.cjs', import.meta.url).href);
      const Executor = where === 'threads' ? ThreadPoolExecutor : ProcessPoolExecutor;
      const executor = new Executor({ maxWorkers: workers, ...settings });
      return {
        call: (name, argument) => executor.submit(functions[name], argument),
        close: () => executor.shutdown(),
      };
    },
  };
}

function piscina(settings) {
  return {
    library: 'piscina',
    where: 'threads',
    settings: shown(settings),
    async make(workers) {
      const { Piscina } = await load('piscina');
      const pool = new Piscina({ filename: file('tasks.mjs'), minThreads: workers, maxThreads: workers, ...settings });
      return { call: (name, argument) => pool.run(argument, { name }), close: () => pool.destroy() };
    },
  };
}

function tinypool(where, settings) {
  return {
    library: 'tinypool',
    where,
    settings: shown(settings),
    async make(workers) {
      const { Tinypool } = await load('tinypool');
      const runtime = where === 'threads' ? 'worker_threads' : 'child_process';
      const size = { minThreads: workers, maxThreads: workers };
      const pool = new Tinypool({ filename: file('tasks.mjs'), runtime, ...size, ...settings });
      return { call: (name, argument) => pool.run(argument, { name }), close: () => pool.destroy() };
    },
  };
}

function workerpool(where, settings) {
  return {
    library: 'workerpool',
    where,
    settings: shown(settings),
    async make(workers) {
      const { default: library } = await load('workerpool');
      const workerType = where === 'threads' ? 'thread' : 'process';
      const pool = library.pool(file('workerpool-worker.cjs'), { workerType, maxWorkers: workers, ...settings });
      return { call: (name, argument) => pool.exec(name, [argument]), close: () => pool.terminate() };
    },
  };
}

function poolifier(where, settings) {
  return {
    library: 'poolifier',
    where,
    settings: shown(settings),
    async make(workers) {
      const { FixedClusterPool, FixedThreadPool } = await load('poolifier');
      const pool =
        where === 'threads'
          ? new FixedThreadPool(workers, file('poolifier-thread.cjs'), settings)
          : new FixedClusterPool(workers, file('poolifier-cluster.cjs'), settings);
      return { call: (name, argument) => pool.execute(argument, name), close: () => pool.destroy() };
    },
  };
}

function shown(settings) {
  return Object.entries(settings)
    .map(([name, value]) => `${name}: ${typeof value === 'object' ? JSON.stringify(value) : value}`)
    .join(', ');
}

/** Calls that may share a worker: more than one keeps the line to it full. */
const SHARED = 64;

export const CONTESTANTS = {
  'rollcall threads': rollcall('threads', {}),
  'rollcall threads, set': rollcall('threads', { tasksPerWorker: SHARED }, 'moduleTasks'),
  piscina: piscina({}),
  'piscina, set': piscina({ concurrentTasksPerWorker: SHARED, recordTiming: false, atomics: 'sync' }),
  'tinypool threads': tinypool('threads', {}),
  'tinypool threads, set': tinypool('threads', { concurrentTasksPerWorker: SHARED }),
  'workerpool threads': workerpool('threads', {}),
  'workerpool threads, set': workerpool('threads', { minWorkers: 'max' }),
  'poolifier threads': poolifier('threads', {}),
  'poolifier threads, set': poolifier('threads', { enableEvents: false, workerChoiceStrategy: 'ROUND_ROBIN' }),
  'rollcall processes': rollcall('processes', {}),
  'rollcall processes, set': rollcall('processes', { tasksPerWorker: SHARED }, 'moduleTasks'),
  'tinypool processes': tinypool('processes', {}),
  'tinypool processes, set': tinypool('processes', { serialization: 'advanced', concurrentTasksPerWorker: SHARED }),
  'workerpool processes': workerpool('processes', {}),
  'workerpool processes, set': workerpool('processes', { minWorkers: 'max', forkOpts: { serialization: 'advanced' } }),
  'poolifier processes': poolifier('processes', {}),
  'poolifier processes, set': poolifier('processes', {
    enableEvents: false,
    workerChoiceStrategy: 'ROUND_ROBIN',
    settings: { serialization: 'advanced' },
  }),
};
