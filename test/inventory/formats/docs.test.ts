import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INVENTORY_FORMATS, loadInventory, parseInventory } from 'rollcall/inventory';
import { expect, test } from 'vitest';

const docs = join(import.meta.dirname, '..', '..', '..', 'docs');
const page = readFileSync(join(docs, 'inventories-of-other-tools.md'), 'utf8').replaceAll('\r\n', '\n');
const example = (kind: string): string => {
  const found = new RegExp(`\`\`\`${kind}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];
  if (found === undefined) throw new Error(`the page has no example of ${kind}`);
  return found;
};

test('the page names every format, and links to what there is', () => {
  expect(INVENTORY_FORMATS.filter((format) => format !== 'auto' && !page.includes(`\`${format}\``))).toEqual([]);
  for (const [, file = ''] of page.matchAll(/\]\(([\w-]+\.md)/g)) expect(existsSync(join(docs, file)), file).toBe(true);
});

test.each([
  ['yaml netmiko', '.netmiko.yml', ['rtr1', 'sw1']],
  ['yaml nornir', 'hosts.yaml', ['rtr1']],
  ['ini ansible', 'hosts', ['rtr01.example.net', 'rtr02.example.net', 'rtr03.example.net', 'rtr9']],
  ['csv', 'export.csv', ['rtr1', 'sw1']],
])('the example of %s loads', (kind, file, names) => {
  const { devices, warnings } = parseInventory(example(kind), {
    file,
    platforms: { names: ['cisco_ios', 'arista_eos'] },
  });
  expect(devices.map(({ name }) => name)).toEqual(names);
  expect(warnings).toEqual([]);
  if (file === 'export.csv') expect(devices[0]?.data).toEqual({ site: 'Moscow', rack: '007' });
});

test('the module of the page asks its source of truth, with the token', async () => {
  const tokens: unknown[] = [];
  const device = {
    ...{ name: 'r1', primary_ip: { address: '192.0.2.1/24' }, platform: { slug: 'ios' } },
    ...{ site: { slug: 'msk' }, role: { slug: 'edge' } },
  };
  const server: Server = createServer((request, response) => {
    tokens.push(request.headers.authorization);
    response.end(JSON.stringify({ results: [{ ...device, platform: { slug: 'cisco_ios' } }] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-page-'));
  process.env.NETBOX_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.NETBOX_TOKEN = 'abc';
  try {
    await writeFile(join(folder, 'netbox.mjs'), example('js module'));
    const { devices } = await loadInventory(join(folder, 'netbox.mjs'));
    expect(devices).toMatchObject([
      { name: 'r1', host: '192.0.2.1', platform: 'cisco_ios', data: { site: 'msk', role: 'edge' } },
    ]);
    expect(tokens).toEqual(['Token abc']);
  } finally {
    delete process.env.NETBOX_URL;
    delete process.env.NETBOX_TOKEN;
    server.close();
    server.closeAllConnections();
    await rm(folder, { recursive: true });
  }
});
