import { startLab } from 'rollcall/lab';
import { describe, expect, test } from 'vitest';
import { consoleOf } from '../session/console-line.ts';
import { exampleUnder, runExample } from '../session/doc-example.ts';
import { ptyLine } from '../transport/pty.ts';
import { ownSurroundings } from '../transport/surroundings.ts';
import { needOrSkip } from './needs.ts';
import { realDevicesOrSkip } from './use.ts';

const { folder, home } = ownSurroundings();

async function router() {
  const lab = await startLab({ devices: 1, transport: 'telnet' });
  return { port: lab.devices[0]?.port ?? 0, [Symbol.asyncDispose]: () => lab[Symbol.asyncDispose]() };
}

test('the example of a program of this machine works', async () => {
  expect(await runExample(exampleUnder('ways-in.md', 'A program of this machine'), home)).toBe('42\n');
});

describe('the example of a serial line', () => {
  needOrSkip('socat');

  test('works', async () => {
    await using one = await router();
    await using line = await consoleOf(one.port);
    const path = `${folder}/ttyUSB0`;
    await using _cable = await ptyLine(path, `TCP:127.0.0.1:${line.port}`);
    const example = exampleUnder('ways-in.md', 'Serial lines').replace('/dev/ttyUSB0', path);
    expect(await runExample(example, home)).toBe('privileged\n');
    expect(line.inUse).toBe(false);
  });
});

describe('the example of a terminal server', () => {
  needOrSkip('telnet');
  const real = realDevicesOrSkip();

  test('works', async () => {
    await using one = await router();
    const shell = real().device('shell');
    const example = exampleUnder('ways-in.md', 'Terminal servers')
      .replace("host: 'r1.example.net'", `host: '${shell.host}', port: ${shell.port}`)
      .replace("'operator'", `'${shell.username}'`)
      .replace("'tower'", `'${shell.password}'`)
      .replace('10.0.0.1 2005', `127.0.0.1 ${one.port}`);
    expect(await runExample(example, home)).toBe('R1\n');
  });
});
