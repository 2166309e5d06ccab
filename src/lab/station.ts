import { createServer, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { OptionError, RollcallError } from '../base/index.js';
import type { Accounts } from './accounts.js';
import { DeviceCounters, type LabCounters } from './counters.js';
import { DelayedLine } from './delayed-line.js';
import type { DeviceModel } from './device.js';
import { faultPlan, type Reception } from './faults.js';
import type { HostKeyStore } from './host-keys.js';
import type { DeviceSetup } from './settings.js';
import { sshService } from './ssh-service.js';
import { serveTelnet } from './telnet-service.js';

/** Connections that the kernel may hold before they are accepted. */
const BACKLOG = 1024;

/** What all devices of a lab have in common. */
interface StationParts {
  readonly total: LabCounters;
  readonly keys: HostKeyStore;
  readonly accounts: Accounts;
}

/** One simulated device and the port that it is reached at. */
export class Station {
  readonly setup: DeviceSetup;
  readonly counters: DeviceCounters;
  readonly #keys: HostKeyStore;
  readonly #lines = new Set<Duplex>();
  #server: Server | undefined;
  #model: DeviceModel | undefined;
  #service: ((socket: Duplex) => void) | undefined;
  port = 0;

  constructor(setup: DeviceSetup, { total, keys, accounts }: StationParts) {
    this.setup = setup;
    this.counters = new DeviceCounters(total, (login) => accounts.judge({ device: setup.name, ...login }));
    this.#keys = keys;
  }

  /** Takes the port. */
  async open(host: string): Promise<void> {
    const { faults, latencyMs, port } = this.setup;
    const plan = faultPlan(faults, this.setup);
    const server = createServer({ allowHalfOpen: latencyMs > 0, noDelay: true }, (socket) => {
      this.#accept(socket, plan.reception);
    });
    await (plan.reception === 'refuse' && port === 0 ? listenApart(server, host) : listen(server, { host, port }));
    const address = server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : port;
    this.#server = server;
  }

  /** A device that refuses connections gives its port back: when all have theirs, so that none of them gets it. */
  async refuse(): Promise<void> {
    if (this.setup.faults.includes('refuse')) await this.close();
  }

  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const line of this.#lines) line.destroy();
    await closed;
  }

  #accept(socket: Socket, reception: Reception): void {
    const { latencyMs } = this.setup;
    const line = latencyMs > 0 ? new DelayedLine(socket, latencyMs) : socket;
    this.#lines.add(line);
    this.counters.opened();
    // A client that breaks off is nothing to the device.
    line.on('error', () => {});
    line.on('close', () => this.#lines.delete(line));
    socket.on('close', () => this.counters.closed());
    if (reception === 'close') line.end();
    // What the client sends is read all the same, or its good-bye would never be seen.
    else if (reception === 'silent') line.resume();
    else this.#serve(line);
  }

  #serve(line: Duplex): void {
    this.#service ??= this.#makeService();
    this.#service(line);
  }

  /** Made for the first connection, so that a device that nobody calls costs no more than its port. */
  #makeService(): (socket: Duplex) => void {
    const { setup, counters } = this;
    const faults = faultPlan(setup.faults, setup);
    const model = (): DeviceModel => {
      this.#model ??= setup.platform.createModel(setup);
      return this.#model;
    };
    const shared = { ...setup, model, counters, faults };
    if (setup.transport === 'telnet') return (socket) => serveTelnet(socket, shared);
    const owner = setup.hostKey === 'own' ? setup.name : undefined;
    const manner = setup.platform.ssh(setup.variant);
    return sshService({ ...shared, manner, hostKeys: setup.hostKeyTypes.map((type) => this.#keys.key(type, owner)) });
  }
}

function listen(server: Server, at: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(listenError(error, at));
    server.once('error', onError);
    server.listen({ ...at, backlog: BACKLOG }, () => {
      server.removeListener('error', onError);
      // An 'error' that nobody hears would end the program that runs the lab.
      server.on('error', () => {});
      resolve();
    });
  });
}

/**
 * Listens below the ports that systems hand out by themselves (Linux from 32768 on, others from 49152 on): a port that is
 * given back to refuse connections would soon belong to another program there.
 */
async function listenApart(server: Server, host: string): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    try {
      return await listen(server, { host, port });
    } catch (error) {
      if (((error as Error).cause as NodeJS.ErrnoException | undefined)?.code !== 'EADDRINUSE') throw error;
    }
  }
  await listen(server, { host, port: 0 });
}

/** What went wrong with a port, and what to do about it. */
function listenError(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): RollcallError {
  const context = { cause: error };
  switch (error.code) {
    case 'EADDRINUSE':
      return new OptionError(
        `port ${port} on ${host} is in use: stop what listens there, choose another first port, or 0 for any free ones`,
        context,
      );
    case 'EACCES':
      return new OptionError(
        `port ${port} on ${host} may not be used by this user: choose a first port above 1023`,
        context,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new OptionError(`host must be an address of this machine; got '${host}'`, context);
    case 'EMFILE':
    case 'ENFILE':
      return new RollcallError(
        'too_many_files',
        'too few open files are allowed for so many devices: raise the limit (ulimit -n) or start fewer',
        context,
      );
    default:
      return new OptionError(`port ${port} on ${host} cannot be listened on: ${error.message}`, context);
  }
}
