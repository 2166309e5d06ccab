import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** A port whose queue of connections is full, so that the system answers no more of them (Linux). */
export async function blackHole(host = '127.0.0.1'): Promise<AsyncDisposable & { readonly port: number }> {
  const source = `
    const server = require('node:net').createServer(() => {});
    server.listen({ port: 0, host: ${JSON.stringify(host)}, backlog: 1 }, () => {
      require('node:fs').writeSync(1, server.address().port + '\\n');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    });
  `;
  const child = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((settle) => child.once('exit', settle));
  const port = Number(await new Promise<string>((settle) => createInterface(child.stdout).once('line', settle)));
  const fill: Socket[] = [];
  // Full once an attempt gets no answer.
  for (let answered = true; answered; ) {
    const socket = connect(port, host);
    socket.on('error', () => {});
    fill.push(socket);
    answered = await Promise.race([
      new Promise<boolean>((settle) => socket.once('connect', () => settle(true))),
      new Promise<boolean>((settle) => setTimeout(() => settle(false), 150)),
    ]);
  }
  return {
    port,
    async [Symbol.asyncDispose]() {
      for (const socket of fill) socket.destroy();
      child.kill('SIGKILL');
      await ended;
    },
  };
}
