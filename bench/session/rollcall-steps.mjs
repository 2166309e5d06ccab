// One session of rollcall, step by step; prints what each took as JSON.
import { connect, Secret } from 'rollcall/session';

const { host, port, username, password, secret } = JSON.parse(process.argv[2]);
const steps = [];
let at = performance.now();
let cpu = process.cpuUsage();
function lap(step) {
  const used = process.cpuUsage(cpu);
  steps.push({ step, ms: performance.now() - at, cpuMs: (used.user + used.system) / 1000 });
  at = performance.now();
  cpu = process.cpuUsage();
}

const routes = Array.from({ length: 200 }, (_, n) => `ip route 10.200.${n}.0 255.255.255.0 Null0`);
const target = {
  host,
  port,
  platform: 'cisco_ios',
  username,
  password: new Secret(password),
  secret: new Secret(secret),
};
const session = await connect(target, {
  enable: 'never',
  hostKeys: { policy: 'off' },
  onPhase: (phase) => {
    if (phase === 'login') lap('connection, until the shell is open');
  },
});
lap('from the open shell to a usable session');
const [first, second] = steps;
steps.push({
  step: 'connection and usable session, together',
  ms: first.ms + second.ms,
  cpuMs: first.cpuMs + second.cpuMs,
});
await session.enable();
lap('enable');
await session.sendCommand('show clock');
lap('one command');
await session.sendConfig(['ip route 10.1.0.0 255.255.0.0 Null0']);
lap('one line of configuration');
await session.sendConfig(routes);
lap('200 static routes, a line at a time');
await session.sendConfig(
  routes.map((line) => line.replace('10.200.', '10.201.')),
  { window: 32 },
);
lap('200 static routes, 32 lines ahead');
await session.close();
lap('disconnect');
console.log(JSON.stringify(steps));
