// What cannot go to another thread or process, and what to do instead. Run: node examples/24-what-cannot-cross.mjs
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { isMainModule, ThreadPoolExecutor, task } from 'rollcall';

class Router {
  constructor(name) {
    this.name = name;
  }
}

export const greet = task(import.meta.url, 'greet', (router, greeting = 'hello') => `${greeting}, ${router.name}`);

export const useSocket = task(import.meta.url, 'useSocket', async ({ port }) => {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
  return 'connected';
});

async function show(what, wrong, fix, right) {
  console.log(`${what}:`);
  try {
    console.log(await wrong());
  } catch (error) {
    console.log(`  ${error.name}: ${error.message}`);
  }
  console.log(`  instead, ${fix}: ${await right()}`);
}

if (isMainModule(import.meta)) {
  const executor = new ThreadPoolExecutor({ maxWorkers: 1 });

  const greeting = 'good morning';
  await show(
    'a closure',
    () => executor.submit((router) => `${greeting}, ${router.name}`, { name: 'R1' }),
    'a task, and what it needs as an argument',
    () => executor.submit(greet, { name: 'R1' }, greeting),
  );

  const server = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const socket = connect(server.address().port, '127.0.0.1');
  await show(
    'a socket',
    () => executor.submit(useSocket, socket),
    'its address, and the task opens its own',
    () => executor.submit(useSocket, server.address()),
  );
  socket.destroy();
  server.close();

  await show(
    'an instance of a class',
    () => executor.submit(greet, new Router('R2')),
    'its data',
    () => executor.submit(greet, { ...new Router('R2') }),
  );

  const program = `${import.meta.dirname}/24b-without-its-guard.mjs`;
  await show(
    'a program without its guard',
    () => spawnSync(process.execPath, [program], { encoding: 'utf8' }).stderr.match(/^ +InvalidStateError: .*/m)[0],
    'the guard that this program has',
    () => executor.submit(greet, { name: 'R3' }),
  );
  await executor.shutdown();
}
