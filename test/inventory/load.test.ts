import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { InventoryError, loadInventory } from 'rollcall/inventory';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reveal } from './reveal.ts';

const YAML = '- {host: R1, device_type: cisco_ios, password: 0123} # маршрутизатор\n';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-inventory-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

test('a file is read, with or without a byte order mark, with either line end', async () => {
  for (const content of [YAML, `\ufeff${YAML}`, YAML.replace('\n', '\r\n'), Buffer.from(`\ufeff${YAML}`, 'utf16le')]) {
    const path = await fileWith('devices.yaml', content);
    const { devices, file } = await loadInventory(path, { platforms: { names: ['cisco_ios'] } });
    expect(file).toBe(path);
    expect(devices.map(({ name }) => name)).toEqual(['R1']);
    expect(reveal(devices[0]?.password)).toBe('0123');
    expect(devices[0]?.source).toEqual({ file: path, line: 1 });
  }
});

test('standard input is read to its end, and its messages name it', async () => {
  const pieces = (text: string) => Readable.from([text.slice(0, 7), Buffer.from(text.slice(7))]);
  const { devices } = await loadInventory('-', { stdin: pieces(YAML) });
  expect(devices).toHaveLength(1);
  await expect(loadInventory('-', { stdin: pieces('- device_type: frr') })).rejects.toThrow(
    'standard input:1:3: a device needs host (or ip)',
  );
});

test('a catalogue is asked for the platforms', async () => {
  const path = await fileWith('known.yaml', YAML);
  await expect(loadInventory(path, { platforms: { names: ['cisco_iosx'] } })).rejects.toMatchObject({
    name: 'InventoryError',
    code: 'bad_inventory',
    message: `${path}:1:27: unknown platform "cisco_ios"; did you mean 'cisco_iosx'?`,
  });
});

test('what cannot be read says why, without a line', async () => {
  const missing = join(folder, 'no-such.yaml');
  await expect(loadInventory(missing)).rejects.toMatchObject({
    problems: [{ file: missing, message: 'no such file' }],
  });
  await expect(loadInventory(join(await fileWith('a-file', YAML), 'x.yaml'))).rejects.toThrow('no such file');
  const empty = await mkdtemp(join(folder, 'empty-'));
  await expect(loadInventory(empty)).rejects.toThrow(`${empty}: no inventory in this folder: expected devices.yaml, `);
  const cyrillic = await fileWith('cp1251.yaml', Buffer.from([0x2d, 0x20, 0xec, 0xe0, 0xf0, 0x0a]));
  await expect(loadInventory(cyrillic)).rejects.toThrow('this is no text in UTF-8; save the file as UTF-8');
});

test('the default file that is missing comes with what to do', async () => {
  const before = process.cwd();
  process.chdir(folder);
  try {
    await rm('devices.yaml', { force: true });
    await expect(loadInventory()).rejects.toThrow(
      './devices.yaml: no such file; name your inventory with -i FILE, or start simulated devices with `rollcall lab`',
    );
  } finally {
    process.chdir(before);
  }
});

// The superuser may read everything, and Windows has no such modes.
test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a file that nobody may read', async () => {
  const path = await fileWith('locked.yaml', YAML);
  await chmod(path, 0);
  await expect(loadInventory(path)).rejects.toThrow('no permission to read this file');
});

test('an endless input is stopped', async () => {
  const megabyte = Buffer.alloc(1024 * 1024, '#');
  const endless = Readable.from(
    (function* () {
      for (;;) yield megabyte;
    })(),
  );
  await expect(loadInventory('-', { stdin: endless })).rejects.toThrow('standard input: larger than 128 MiB');
  expect(endless.destroyed).toBe(true);
});

test('waiting for standard input can be called off', async () => {
  const stdin = new PassThrough();
  const abort = new AbortController();
  const loading = loadInventory('-', { stdin, signal: abort.signal });
  abort.abort(new Error('enough'));
  await expect(loading).rejects.toMatchObject({ name: 'AbortedError', code: 'cancelled' });
  await expect(loadInventory('-', { stdin: new PassThrough(), signal: abort.signal })).rejects.toThrow('called off');
});

test('a path that is none is refused', async () => {
  await expect(loadInventory('')).rejects.toThrow(
    'an inventory must be a path, or - for standard input; got an empty text',
  );
  await expect(loadInventory(7 as never)).rejects.toMatchObject({ name: 'OptionError', code: 'bad_option' });
});

test('a large file is read at any size in plain form, and otherwise refused before memory is gone', async () => {
  const one = `- { host: r, device_type: cisco_ios, name: R }\n#${'x'.repeat(33 * 1024 * 1024)}\n`;
  const read = (text: string) => loadInventory('-', { stdin: Readable.from([Buffer.from(text)]) });
  expect((await read(one)).devices).toHaveLength(1);
  await expect(read(`${one}- &a { host: s, device_type: cisco_ios }\n`)).rejects.toThrow(
    'a file above 32 MiB must be in plain form',
  );
});

test('a file with more problems than a call may have arguments tells all of them', async () => {
  const path = await fileWith('all-wrong.yaml', '- x\n'.repeat(200_000));
  const error = await loadInventory(path).catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(InventoryError);
  const { problems } = error as InventoryError;
  expect(problems).toHaveLength(200_000);
  expect(problems.at(-1)).toMatchObject({ file: path, line: 200_000 });
}, 60_000);
