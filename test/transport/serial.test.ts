import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { Deadline, OptionError } from '#dist/base/index.js';
import { type ConnectionTarget, openConnection } from '#dist/transport/index.js';
import { explainOpening } from '#dist/transport/serial/explain.js';
import { loadSerialPort } from '#dist/transport/serial/serialport.js';
import { needOrSkip } from '../real/needs.ts';
import { ptyLine } from './pty.ts';
import { listen, ownSurroundings } from './surroundings.ts';

const { folder } = ownSurroundings();
const SHELL = { columns: 511, rows: 24, terminal: 'vt100', deadline: Deadline.after(5_000) };
let lines = 0;

const open = (host: string, more: Partial<ConnectionTarget> = {}, signal?: AbortSignal) =>
  openConnection({ host, transport: 'serial', ...more }, { deadline: Deadline.after(5_000), signal });

describe('a serial line that cannot be opened says why', () => {
  test('it is not there', async () => {
    await expect(open('/dev/ttyNone7')).rejects.toMatchObject({
      name: 'UnreachableError',
      code: 'unreachable',
      message: 'there is no line /dev/ttyNone7 on this machine: is the adapter plugged in, and the path right?',
    });
  });

  test('it is no line', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, 'text');
    await expect(open(file)).rejects.toMatchObject({ code: 'unreachable', message: `${file} is no serial line` });
  });

  test('the run was called off', async () => {
    await expect(open('/dev/ttyNone7', {}, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
  });

  test.each([
    [{ baudRate: 0 }, 'serial.baudRate must be a whole number of bits per second; got 0'],
    [{ baudRate: '9600' }, 'serial.baudRate must be a whole number of bits per second; got the text "9600"'],
    [{ dataBits: 9 }, 'serial.dataBits must be one of 5, 6, 7, 8; got 9'],
    [{ parity: 'N' }, 'serial.parity must be one of none, even, odd, mark, space; got the text "N"'],
    [{ stopBits: 3 }, 'serial.stopBits must be one of 1, 1.5, 2; got 3'],
  ])('its settings are wrong: %j', async (serial, says) => {
    const opening = open('/dev/ttyNone7', { serial: serial as ConnectionTarget['serial'] });
    await expect(opening).rejects.toThrow(new OptionError(says));
  });
});

// What serialport 13 says where this machine cannot make it say so: src/serialport_unix.cpp and _win.cpp of bindings-cpp.
describe('what serialport says of a line', () => {
  test.each([
    [
      'Error: Error: Permission denied, cannot open /dev/ttyUSB0',
      /^no permission to open LINE: .*dialout.*usermod -aG dialout USER/,
    ],
    ['Error: Error: Device or resource busy, cannot open /dev/ttyUSB0', /^LINE is in use by another program/],
    ['Opening COM3: Access denied', /^LINE is in use by another program/],
    ['Opening COM7: File not found', /^there is no line LINE on this machine/],
    [
      'Error: Error: Input/output error, cannot open /dev/ttyS4',
      /^LINE cannot be opened: Input\/output error, cannot open/,
    ],
  ])('is told in plain words: %s', (says, means) => {
    const cause = new Error(says);
    expect(explainOpening('LINE', cause)).toMatchObject({ code: 'unreachable', phase: 'connect', cause });
    expect(explainOpening('LINE', cause).message).toMatch(means);
  });
});

describe('the package serialport', () => {
  test('that is not installed is asked for by its name', async () => {
    const missing = Object.assign(new Error("Cannot find package 'serialport' imported from x"), {
      code: 'ERR_MODULE_NOT_FOUND',
    });
    await expect(loadSerialPort(() => Promise.reject(missing))).rejects.toMatchObject({
      code: 'not_supported',
      message: expect.stringMatching(/npm install serialport@13 \(it is not installed\)$/),
    });
  });

  test('that cannot be loaded tells why', async () => {
    const broken = new Error('No native build was found for platform=sunos');
    await expect(loadSerialPort(() => Promise.reject(broken))).rejects.toMatchObject({
      code: 'not_supported',
      message: expect.stringContaining('it cannot be loaded: No native build was found for platform=sunos'),
    });
  });
});

describe('a serial line', () => {
  needOrSkip('socat');

  /** A line whose other end is a TCP connection, and all that came there. */
  async function line() {
    let received = '';
    const server = await listen((socket) => {
      socket.on('data', (bytes) => {
        received += bytes.toString('latin1');
      });
    });
    const pty = await ptyLine(join(folder, `line-${++lines}`), `TCP:127.0.0.1:${server.port}`);
    await vi.waitFor(() => expect(server.sockets).toHaveLength(1), { timeout: 5_000, interval: 5 });
    return {
      path: pty.path,
      unplug: pty.unplug,
      received: () => received,
      say: (text: string) => server.sockets[0]?.write(text, 'latin1'),
      async [Symbol.asyncDispose]() {
        await pty[Symbol.asyncDispose]();
        await server[Symbol.asyncDispose]();
      },
    };
  }

  test('carries every byte both ways, and what was written last goes out before it is closed', async () => {
    await using other = await line();
    const connection = await open(other.path, {
      serial: { baudRate: 115_200, dataBits: 8, parity: 'none', stopBits: 1 },
    });
    expect(connection.facts).toEqual({ transport: 'serial' });
    const shell = await connection.openShell(SHELL);
    let heard = '';
    shell.onData((bytes) => {
      heard += Buffer.from(bytes).toString('latin1');
    });
    const all = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
    other.say(all);
    await vi.waitFor(() => expect(heard).toBe(all), { timeout: 5_000, interval: 5 });
    shell.write(Buffer.from(all, 'latin1'));
    shell.write(Buffer.from('exit\r'));
    await connection.close();
    await vi.waitFor(() => expect(other.received()).toBe(`${all}exit\r`), { timeout: 5_000, interval: 5 });
    await connection.close();
  });

  test('is refused to a second one while it is in use', async () => {
    await using other = await line();
    const connection = await open(other.path);
    await expect(open(other.path)).rejects.toMatchObject({
      code: 'unreachable',
      message: `${other.path} is in use by another program (a terminal, another run?)`,
    });
    await connection.close();
  });

  test('tells that its plug was pulled', async () => {
    await using other = await line();
    const connection = await open(other.path);
    const shell = await connection.openShell(SHELL);
    shell.onData(() => {});
    const closed = new Promise<Error | undefined>((resolve) => shell.onClose(resolve));
    await other.unplug();
    expect(await closed).toMatchObject({ name: 'ConnectionClosedError', code: 'closed' });
    shell.write(Buffer.from('nobody hears that'));
    await connection.close();
  });

  test('has a shell, and nothing beside it', async () => {
    await using other = await line();
    const connection = await open(other.path);
    const times = { deadline: Deadline.after(1_000) };
    await expect(connection.exec('show version', times)).rejects.toMatchObject({ code: 'not_supported' });
    await expect(connection.forward('10.0.0.1', 22, times)).rejects.toMatchObject({ code: 'not_supported' });
    connection.destroy();
  });
});
