import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Place } from '../cli/cli.ts';
import { needOrSkip } from './needs.ts';

// A namespace whose only name server takes every question and answers none.
const namespace = `rollcall-dns-${randomBytes(3).toString('hex')}`;
const inside = ['ip', 'netns', 'exec', namespace] as const;
const settings = join('/etc/netns', namespace);
const SILENT = `
  const socket = require('node:dgram').createSocket('udp4');
  socket.on('message', () => console.log('asked'));
  socket.bind(53, '127.0.0.1', () => console.log('ready'));
`;
const ip = (...args: string[]): string => execFileSync('ip', args, { encoding: 'utf8', stdio: 'pipe' });
const can = needOrSkip('netns');
const place = new Place();
let server: ChildProcess | undefined;
let said: Interface | undefined;
const says = (what: string): Promise<void> =>
  new Promise((settle) => said?.on('line', (line) => line === what && settle()));

beforeAll(async () => {
  if (!can) return;
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  ip('netns', 'add', namespace);
  ip('-n', namespace, 'link', 'set', 'lo', 'up');
  const [program, ...args] = inside;
  const child = spawn(program, [...args, process.execPath, '-e', SILENT], { stdio: ['ignore', 'pipe', 'inherit'] });
  server = child;
  said = createInterface(child.stdout);
  await says('ready');
});
afterAll(async () => {
  if (!can) return;
  const ended = new Promise((settle) => server?.once('close', settle));
  server?.kill('SIGKILL');
  await ended;
  ip('netns', 'delete', namespace);
  rmSync(settings, { recursive: true, force: true });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a run at once whose name server is silent', async (signal) => {
  const device = '{ name: r1, host: r1.example.net, device_type: linux, username: u, password: p }';
  const file = place.file('devices.yaml', `devices:\n  - ${device}\n`);
  const asked = says('asked');
  const running = place.start(['run', 'true', '-i', file], { under: inside });
  await asked;
  const at = performance.now();
  running.child.kill(signal);
  const ended = await running.ended;
  // Its own patience with a name server is 10 s.
  expect(performance.now() - at).toBeLessThan(6_000);
  expect([ended.code, ended.signal]).toEqual([null, signal]);
  expect(ended.stderr).toContain('r1: cancelled: r1.example.net:22: cancelled');
});
