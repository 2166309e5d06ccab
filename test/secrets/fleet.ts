import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Place } from '../cli/cli.ts';
import { consoleOf } from '../session/console-line.ts';
import { reverseTelnet } from '../session/reverse-telnet.ts';
import { serveSsh } from '../transport/ssh-server.ts';
import { listen } from '../transport/surroundings.ts';
import { telnetParrot } from './parrot.ts';
import type { Plants } from './plants.ts';
import { sshParrot } from './ssh-parrot.ts';

interface Ssh2 {
  readonly utils: { generateKeyPairSync(type: 'ecdsa', options: object): { readonly private: string } };
}
const { utils } = createRequire(import.meta.url)('ssh2') as Ssh2;

/** A known host key that is nobody's. */
const OTHER_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDUzqZmlm6QHnOt7WSRtPHEDxtR5l0TnSR3LgPVVRwPe';

/** Reads from its input and writes to its output what goes to and comes from an address. */
const RELAY = `import { connect } from 'node:net';
const socket = connect(process.argv[3], process.argv[2]);
process.stdin.pipe(socket).pipe(process.stdout);
`;

/** How many programs go through a terminal server. */
const TOWERS = 5;

export interface Fleet {
  /** The devices of an inventory, with what is to become of each. */
  readonly devices: Readonly<Record<string, { readonly values: object; readonly becomes: string }>>;
  /** Values of a terminal server that nobody else uses: a console has one seat. */
  tower(): { readonly port: number };
  /** Those that a person answers for, who is asked for the password and this code. */
  readonly asking: object;
  readonly typed: { readonly password: string; readonly code: string };
  /** What the environment has for the device that has no credentials. */
  readonly env: Readonly<Record<'ROLLCALL_PASSWORD' | 'ROLLCALL_SECRET', string>>;
  /** A configuration that the device `says-all` shows, with secrets that only its platform's rules tell. */
  readonly configured: readonly string[];
}

/** Starts devices, and what leads to them, with a secret in every place that takes one. */
export async function startFleet(place: Place, plants: Plants): Promise<Fleet> {
  const start = async <L extends AsyncDisposable>(starting: Promise<L>): Promise<L> => {
    const one = await starting;
    place.afterwards(async () => one[Symbol.asyncDispose]());
    return one;
  };
  const make = (name: string): string => plants.make(name);
  const own = { username: 'ann', password: make('password'), secret: make('enable secret') };
  const env = { ROLLCALL_PASSWORD: make('ROLLCALL_PASSWORD'), ROLLCALL_SECRET: make('ROLLCALL_SECRET') };
  const lab = await place.lab('lab', {
    ...own,
    devices: [
      { name: 'ssh' },
      { name: 'telnet', transport: 'telnet' },
      { name: 'env', password: env.ROLLCALL_PASSWORD, secret: env.ROLLCALL_SECRET },
      { name: 'old', algorithms: { kex: ['diffie-hellman-group1-sha1'] } },
      { name: 'hangs', faults: ['hang_mid_answer'] },
      { name: 'changed' },
    ],
  });
  const portOf = (name: string): number => lab.devices.find((one) => one.name === name)?.port ?? 0;
  const port = async (starting: Promise<{ readonly port: number } & AsyncDisposable>) => (await start(starting)).port;
  const at = (where: number, more: object = {}) => ({
    ...{ device_type: 'cisco_ios', host: '127.0.0.1', port: where },
    ...own,
    ...more,
  });
  const telnet = (where: number, more: object = {}) => at(where, { device_type: 'cisco_ios_telnet', ...more });
  const configured = [make('an SNMP community'), make('the secret of a user'), make('the key of a RADIUS server')];
  const [community, hash, key] = configured;
  const configuration = `snmp-server community ${community} RO\r\nusername eve secret ${hash}\r\nradius-server key ${key}\r\n`;

  const tower = { username: 'operator', password: make('terminal server password') };
  const towerPort = async () => port(reverseTelnet({ ...tower, line: await port(consoleOf(portOf('telnet'))) }));
  const towers = await Promise.all(Array.from({ length: TOWERS }, towerPort));
  // RFC 1929: it takes the password, and says no.
  const socks = await port(
    listen((socket) => {
      let said = 0;
      socket.on('data', () => socket.write(Buffer.from(said++ === 0 ? [5, 2] : [1, 1])));
    }),
  );
  const passphrase = make('key passphrase');
  const encrypted = { bits: 256, passphrase, cipher: 'aes256-ctr', rounds: 2 };
  const keyFile = place.path('key');
  writeFileSync(keyFile, utils.generateKeyPairSync('ecdsa', encrypted).private, { mode: 0o600 });
  const byKey = { password: undefined, key_file: keyFile };
  const relay = place.file('relay.mjs', RELAY);
  place.file('known', `[127.0.0.1]:${portOf('changed')} ${OTHER_KEY}\n`);
  const hop = (where: number, name: string) => ({
    jump: [{ host: '127.0.0.1', port: where, username: 'hop', password: make(name) }],
  });
  const typed = { password: make('typed password'), code: make('one-time code') };
  const asking = await port(
    serveSsh({
      methods: ['keyboard-interactive'],
      questions: [
        [{ prompt: 'Password: ', echo: false, answer: typed.password }],
        [{ prompt: 'One-time code: ', echo: true, answer: typed.code }],
      ],
      onShell: (stream) => {
        stream.write(`Your code ${typed.code} was good.\r\nR9#`);
        stream.on('data', (bytes: Buffer) => stream.write(`${bytes.toString().replace(/[\r\n]+/g, '\r\nR9#')}`));
      },
    }),
  );
  return {
    env,
    configured,
    tower: () => {
      const free = towers.pop();
      if (free === undefined) throw new Error(`more than ${TOWERS} programs want a terminal server`);
      return { port: free };
    },
    typed,
    asking: { device_type: 'cisco_ios', host: '127.0.0.1', port: asking, username: 'ann' },
    devices: {
      ssh: { values: at(portOf('ssh')), becomes: 'ok' },
      telnet: { values: telnet(portOf('telnet')), becomes: 'ok' },
      env: { values: at(portOf('env'), { password: undefined, secret: undefined }), becomes: 'ok' },
      second: {
        values: at(portOf('ssh'), { password: make('first of two passwords'), credentials: [own] }),
        becomes: 'ok',
      },
      hop: { values: at(portOf('ssh'), hop(await port(sshParrot('none')), 'jump password')), becomes: 'ok' },
      proxy: {
        // Both programs take a second, so that they can be looked at.
        values: at(portOf('ssh'), { proxy_command: `sh -c 'sleep 1; exec ${process.execPath} ${relay} %h %p'` }),
        becomes: 'ok',
      },
      process: {
        values: {
          ...own,
          device_type: 'linux',
          transport: 'process',
          host: 'here',
          command: ['sh', '-c', 'sleep 1; exec bash --norc'],
        },
        becomes: 'rejected command_refused',
      },
      tower: { values: telnet(9, { terminal_server: tower }), becomes: 'ok' },
      'says-all': {
        values: telnet(await port(telnetParrot({ pieces: 'bytes', configuration }))),
        becomes: 'ok',
      },
      'no-tower': {
        values: telnet(await towerPort(), {
          terminal_server: { ...tower, password: make('wrong terminal server password') },
        }),
        becomes: 'authentication authentication',
      },
      wrong: {
        values: at(portOf('ssh'), { password: make('wrong password') }),
        becomes: 'authentication authentication',
      },
      'not-enabled': {
        values: telnet(portOf('telnet'), { secret: make('wrong secret') }),
        becomes: 'authentication enable_secret',
      },
      'says-login': {
        values: telnet(await port(telnetParrot({ slip: 'login' }))),
        becomes: 'authentication authentication',
      },
      'says-enable': {
        values: telnet(await port(telnetParrot({ slip: 'enable' }))),
        becomes: 'authentication enable_secret',
      },
      'says-good-bye': { values: at(await port(sshParrot('disconnect'))), becomes: 'failed closed' },
      old: { values: at(portOf('old')), becomes: 'failed negotiation' },
      changed: { values: at(portOf('changed')), becomes: 'host_key host_key_changed' },
      hangs: { values: at(portOf('hangs')), becomes: 'timeout idle_timeout' },
      'no-hop': {
        values: at(9, hop(await port(sshParrot('forward')), 'password of a jump host that refuses')),
        becomes: 'unreachable unreachable',
      },
      socks: {
        values: at(9, {
          socks: { host: '127.0.0.1', port: socks, username: 'proxied', password: make('SOCKS password') },
        }),
        becomes: 'authentication authentication',
      },
      key: {
        values: at(portOf('ssh'), { ...byKey, passphrase: make('wrong passphrase') }),
        becomes: 'authentication authentication',
      },
      'no-agent': {
        values: at(portOf('ssh'), { ...byKey, passphrase, allow_agent: true, agent_socket: place.path('gone') }),
        becomes: 'authentication authentication',
      },
    },
  };
}
