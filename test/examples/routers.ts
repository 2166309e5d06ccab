import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Lab, startLab } from 'rollcall/lab';
import { root } from './run-program.js';

/** The inventories that examples are given: `wrong` has a wrong password, `silent` also a device that says nothing. */
export type InventoryName = 'devices' | 'wrong' | 'silent' | 'quick' | 'forty';

type Change = (block: string) => string;

const FORTY = Array.from({ length: 40 }, () => ({ commandMs: 5 }));

/** The first is slow; the second is done before the third, and refuses a password after every worker has started. */
const devicesAt = (pace: number) => [
  { commandMs: 500 * pace },
  { commandMs: 20 * pace, latencyMs: 30 * pace },
  { commandMs: 200 * pace },
  { faults: ['silent'] as const },
];

/** Simulated routers, and the inventories of them in a folder. */
export class Routers {
  /** From the lab's ports to those of examples/devices.yaml. */
  readonly ports = new Map<number, number>();
  readonly #labs: Lab[] = [];

  /** Starts the three devices and their silent neighbour, that many times as slow, and forty quick ones. */
  async start(folder: string, { pace, stateDirectory }: { pace: number; stateDirectory: string }): Promise<void> {
    const lab = await startLab({ devices: [...devicesAt(pace), ...FORTY], stateDirectory });
    this.#labs.push(lab);
    const at = lab.devices.map(({ port }) => port);
    const [first = 0, second = 0, third = 0, silent = 0, ...forty] = at;
    const write = (name: InventoryName, devices: readonly number[], changes: Record<number, Change> = {}): void =>
      writeFileSync(join(folder, `${name}.yaml`), inventoryText(devices, changes));
    const wrong: Change = (block) => block.replace(/password: .*/, 'password: wrong');
    mkdirSync(folder, { recursive: true });
    write('devices', [first, second, third]);
    const commands = [
      [first, '[sh clock, sh privilege]'],
      [second, 'sh ip int br'],
      [third, 'sh ip route'],
    ] as const;
    const lines = commands.map(([port, list]) => `127.0.0.1:${port}: ${list}\n`);
    writeFileSync(join(folder, 'commands.yaml'), lines.join(''));
    write('wrong', [first, second, third], { 1: wrong });
    write('silent', [first, second, silent], { 1: wrong, 2: (block) => `${block}  conn_timeout: 1\n` });
    write('quick', forty.slice(0, 3));
    write('forty', forty);
    for (const [index, port] of at.slice(0, 4).entries()) this.ports.set(port, 2201 + index);
  }

  async close(): Promise<void> {
    await Promise.all(this.#labs.map((lab) => lab.close()));
  }
}

/** The passwords of simulated devices are no secrets: nobody is warned of them. */
const MARK = '# Written by `rollcall/lab`: the devices are simulated.\n';

/** The committed inventory with other ports; beyond three devices its blocks are used again. */
function inventoryText(ports: readonly number[], changes: Readonly<Record<number, Change>>): string {
  const text = readFileSync(join(root, 'examples', 'devices.yaml'), 'utf8');
  const [head = '', ...blocks] = text.split(/^(?=- )/m);
  const routers = ports.map((port, index) => {
    const block = (blocks[index % blocks.length] ?? '').replace(/port: \d+/, `port: ${port}`);
    return changes[index]?.(block) ?? block;
  });
  return MARK + head + routers.join('');
}
