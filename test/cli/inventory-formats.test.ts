import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadInventory } from 'rollcall';
import { beforeAll, expect, test } from 'vitest';
import { reveal } from '../inventory/reveal.ts';
import { lines, Place, statuses } from './cli.ts';

const place = new Place();
let file = '';
let folder = '';
let csv = '';
let ini = '';

beforeAll(async () => {
  ({ file } = await place.lab('lab', { devices: 4, transport: 'telnet' }));
  folder = dirname(file);
  const { devices } = await loadInventory(file);
  const [r1, r2, r3, r4] = devices.map(({ name, host, port, username, password, secret }) => ({
    ...{ name, host, port, username, password: reveal(password) ?? '', secret: reveal(secret) ?? '' },
  }));
  const row = (device: typeof r1) => Object.values(device ?? {}).join(',');
  csv = join(folder, 'fleet.csv');
  await writeFile(
    csv,
    `name,host,port,username,password,secret,platform,transport\n${row(r1)},ios,telnet\n${row(r2)},ios,telnet\n`,
  );
  const host = (device: typeof r1) =>
    `${device?.name} ansible_host=${device?.host} ansible_port=${device?.port} ansible_user=${device?.username} ansible_password=${device?.password} ansible_become_password=${device?.secret}`;
  ini = join(folder, 'hosts');
  await writeFile(
    ini,
    `[core]\n${host(r3)}\n${host(r4)}\n[core:vars]\nansible_network_os=cisco.ios.ios\nrollcall_transport=telnet\n`,
  );
});

test('a run on devices of a table and of Ansible, chosen by group', async () => {
  const args = ['run', 'show clock', '-i', csv, '-i', ini, '--format', 'ndjson'];
  const all = await place.run(args);
  expect({ code: all.code, statuses: statuses(lines(all.stdout)) }, all.stderr).toEqual({
    code: 0,
    statuses: { R1: 'ok', R2: 'ok', R3: 'ok', R4: 'ok' },
  });
  const core = await place.run([...args, '--where', 'group=core']);
  expect(statuses(lines(core.stdout)), core.stderr).toEqual({ R3: 'ok', R4: 'ok' });
});

test('a format that does not fit is exit 2, with what was expected', async () => {
  const wrong = await place.run(['run', 'show clock', '-i', csv, '--inventory-format', 'nornir']);
  expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
  expect(wrong.stderr).toContain(`${csv}:1:1: expected a mapping with a key for each host (r1:), got a text`);
  const twice = await place.run(['run', 'show clock', '-i', file, '-i', csv]);
  expect(twice.code).toBe(2);
  expect(twice.stderr).toContain(`${csv}:2:1: the name "R1" stands twice, first in ${file}:`);
});
