// Pings many addresses, three at a time; what is no address is refused and never reaches the system's ping.
// Run: node examples/16-ping.mjs [address…]
import { EventLoopExecutor, ping, run } from 'rollcall';

const given = process.argv.slice(2);
const addresses = given.length > 0 ? given : ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.255.255.255', '-c 1; reboot'];
const { results } = await run(
  ping,
  addresses.map((host) => ({ name: host, host })),
  { input: {}, executor: new EventLoopExecutor({ maxWorkers: 3 }) },
);
const names = (wanted) => results.filter(({ status }) => status === wanted).map(({ device }) => device.name);
console.log('reachable:', names('ok'));
console.log('unreachable:', names('unreachable'));
for (const { error } of results) if (error?.code === 'bad_option') console.log('refused:', error.message);
