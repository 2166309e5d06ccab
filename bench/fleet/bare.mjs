// The floor: what the lab takes with a client that does nothing but the session, no prompt grammar, no results.
//   node bare.mjs TRANSPORT AT_ONCE < addresses as JSON [{ host, port }]; prints how many were ok
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import ssh2 from 'ssh2';

const [transport, atOnce] = process.argv.slice(2);
const addresses = JSON.parse(await text(process.stdin));

const LOGIN = [
  ['Username: ', 'cisco'],
  ['Password: ', 'cisco'],
];
const STEPS = [
  ['>', 'enable'],
  ['Password: ', 'cisco'],
  ['#', 'terminal length 0'],
  ['#', 'show clock'],
  ['#', 'exit'],
];

/** Types each line when the text before it ends as it should. */
function converse(stream, steps) {
  return new Promise((resolve, reject) => {
    let step = 0;
    let seen = '';
    stream.setEncoding('latin1');
    stream.on('error', reject);
    stream.on('close', () => (step === steps.length ? resolve() : reject(new Error(`closed at step ${step}`))));
    stream.on('data', (data) => {
      seen += data;
      const [end, line] = steps[step] ?? [];
      if (end === undefined || !seen.endsWith(end)) return;
      seen = '';
      step += 1;
      stream.write(`${line}\r`);
    });
  });
}

function overTelnet({ host, port }) {
  return converse(connect({ host, port, noDelay: true }), [...LOGIN, ...STEPS]);
}

function overSsh({ host, port }) {
  return new Promise((resolve, reject) => {
    const client = new ssh2.Client();
    client.on('error', reject);
    client.on('ready', () => {
      client.shell((error, stream) => {
        if (error) return reject(error);
        converse(stream, STEPS)
          .then(resolve, reject)
          .finally(() => client.end());
      });
    });
    client.connect({
      host,
      port,
      username: 'cisco',
      password: 'cisco',
      authHandler: ['password'],
      readyTimeout: 120_000,
    });
    client.setNoDelay(true);
  });
}

const one = transport === 'ssh' ? overSsh : overTelnet;
let next = 0;
let ok = 0;
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    while (next < addresses.length) {
      try {
        await one(addresses[next++]);
        ok += 1;
      } catch (error) {
        if (process.env.DEBUG) console.error(error);
      }
    }
  }),
);
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ ok, cpuSeconds: (user + system) / 1e6 }));
