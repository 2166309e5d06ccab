import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { loadInventory } from 'rollcall/inventory';
import { connect, Secret } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { lines, Place, statuses } from '../cli/cli.ts';
import { allProcesses } from './processes.mjs';
import { realDevicesOrSkip } from './use.ts';

// Secrets are planted wherever a device takes one, and everything that is left or seen of a run is searched for them.
const place = new Place();
const real = realDevicesOrSkip();

const planted = (where: string): string => `Planted-${where}`;

function devices() {
  const shell = real().device('shell');
  const { host, port, username } = shell;
  const at = { device_type: 'linux', host, port, username };
  const jump = [{ host, port: real().device('dropbear').port, username, password: shell.password }];
  const wrong = { password: planted('password'), secret: planted('enable') };
  const key = { key_file: real().clientKeys.protected.file, passphrase: planted('passphrase') };
  return [
    { ...at, name: 'ok', password: shell.password, jump },
    { ...at, name: 'refused', ...wrong, credentials: [{ password: planted('second') }, { username: 'x', ...wrong }] },
    { ...at, name: 'locked', ...key },
    { ...at, name: 'hop', ...wrong, jump: [{ ...jump[0], password: planted('hop') }] },
    { ...at, name: 'socks', ...wrong, socks: { host, port: 9, username, password: planted('socks') } },
    { ...at, name: 'server', ...wrong, terminal_server: { username, password: planted('server') } },
    // Both say what their environment is, and it stands in the error.
    { ...at, name: 'proxy', proxy_command: 'env >&2; false' },
    { name: 'program', device_type: 'linux', host: 'here', transport: 'process', command: ['env'] },
  ];
}

/** Each secret that stands in the text, with what is around it. */
const secretsIn = (text: string): string[] => [
  ...(text.match(/.{0,30}Planted-[\w-]*.{0,30}/g) ?? []),
  ...(text.includes(real().device('shell').password) ? ['the password of the device'] : []),
];

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());

/** What all programs that a run has started show to everybody, as long as it goes on. */
async function watched<T>(pid: number | undefined, work: Promise<T>): Promise<{ ended: T; seen: string }> {
  const read = (file: string): string => readFileSync(`/proc/${file}`, 'latin1');
  const own = read(`${pid}/cmdline`);
  const seen = new Set([own]);
  const look = (one: number): void => {
    try {
      const line = read(`${one}/cmdline`);
      // One that is only just forked is still a copy of rollcall, with the environment that its user gave it.
      if (line !== own && line !== '') seen.add(line).add(read(`${one}/environ`));
    } catch {
      // It has ended meanwhile.
    }
  };
  let over = false;
  const ended = work.finally(() => {
    over = true;
  });
  while (!over) {
    const ours = new Set([pid]);
    for (const { pid: child, parent } of allProcesses()) if (ours.has(parent)) ours.add(child);
    for (const one of ours) if (one !== undefined && one !== pid) look(one);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ended: await ended, seen: [...seen].join('\n') };
}

describe('secrets that are planted everywhere', () => {
  test.each(['loop', 'threads', 'processes'])(
    'are in nothing that a run says, writes or shows (%s)',
    async (executor) => {
      const { password } = real().device('shell');
      const inventory = place.file(`${executor}.yaml`, JSON.stringify(devices()));
      const record = place.path(`${executor}-recordings`);
      const shown = planted('community');
      const running = place.start(
        [
          ...['run', `echo "snmp-server community ${shown} RO"`, '-i', inventory, '--executor', executor, '--log'],
          ...['--record', record, '--format', 'ndjson', '--workers', '8'],
        ],
        { env: { ROLLCALL_PASSWORD: planted('environment'), ROLLCALL_SECRET: planted('enable-environment') } },
      );
      const { ended, seen } = await watched(running.child.pid, running.ended);
      const { ok, ...others } = statuses(lines(ended.stdout));
      expect(ok).toBe('ok');
      expect(Object.keys(others)).toHaveLength(7);
      expect(ended.stdout).toContain('PATH=');
      if (executor === 'processes') expect(seen).toContain('PATH=');
      // The answer itself, and the command line of ours, are what the user typed and the device said.
      const answered = (text: string): string => text.replaceAll(shown, '');
      const files = filesIn(place.folder).filter((file) => !file.endsWith('.yaml'));
      expect(files.filter((file) => file.endsWith('.rec')).length).toBeGreaterThan(0);
      const texts = [answered(ended.stdout), answered(ended.stderr), answered(seen)];
      for (const file of files) texts.push(readFileSync(file, 'latin1'));
      for (const text of texts) {
        expect(text).not.toContain('Planted-');
        expect(text).not.toContain(password);
      }
      for (const file of files.filter((one) => one.endsWith('.rec'))) expect(statSync(file).mode & 0o777).toBe(0o600);
    },
  );

  test('are in no error that a program gets, however deep one looks, and in no device', async () => {
    const found = await loadInventory(place.file('program.yaml', JSON.stringify(devices())));
    const deep = (value: unknown): string =>
      [inspect(value, { depth: 20, showHidden: true }), JSON.stringify(value), String(value)].join('\n');
    const said = await Promise.all(
      found.devices.map(async (device) => {
        const target = device.name === 'proxy' ? { ...device, password: new Secret(planted('given')) } : device;
        const hostKeys = { knownHostsFile: place.path('known_hosts') };
        const result = await connect(target, { hostKeys, enable: 'never' }).catch((error: unknown) => error);
        const text = deep(result) + deep(device);
        if (!(result instanceof Error)) await (result as AsyncDisposable)[Symbol.asyncDispose]();
        return text;
      }),
    );
    expect(said).toHaveLength(8);
    expect(said.map(secretsIn)).toEqual(said.map(() => []));
  });
});
