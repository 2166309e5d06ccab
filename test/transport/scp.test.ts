import { once } from 'node:events';
import { Duplex, PassThrough } from 'node:stream';
import { AbortedError, ConnectionClosedError, DeviceTimeoutError, RollcallError } from 'rollcall/session';
import { describe, expect, test } from 'vitest';
import { Deadline } from '#dist/base/index.js';
import { type Connection, fetchByScp, sendByScp } from '#dist/transport/index.js';

/** The far end of a channel: what it says is written, what it is told is read. */
interface Far {
  readonly says: PassThrough;
  readonly hears: PassThrough;
  /** Ends the command, as a server does behind its last words. */
  end(code?: number): void;
  /** Reads so many bytes of what it was told, as text. */
  told(bytes: number): Promise<string>;
}

/** A connection whose command is played by the test. */
function playing(play: (far: Far, command: string) => Promise<void>): Connection {
  const no = (): Promise<never> => Promise.reject(new Error('not part of this test'));
  return {
    facts: { transport: 'ssh' },
    async exec(command) {
      const says = new PassThrough();
      const hears = new PassThrough();
      let exited: (how: { code?: number }) => void = () => {};
      const exit = new Promise<{ code?: number }>((resolve) => {
        exited = resolve;
      });
      const far: Far = {
        says,
        hears,
        end(code = 0) {
          says.end();
          exited({ code });
        },
        async told(bytes) {
          for (;;) {
            const read = hears.read(bytes) as Buffer | null;
            if (read !== null) return read.toString('latin1');
            await once(hears, 'readable');
          }
        },
      };
      play(far, command).catch((error: Error) => says.destroy(error));
      return { stream: Duplex.from({ readable: says, writable: hears }), stderr: new PassThrough(), exit };
    },
    openShell: no,
    forward: no,
    openSftp: no,
    close: async () => {},
    destroy: () => {},
  };
}

const times = () => ({ deadline: Deadline.after(2_000), idleMs: 2_000 });
const content = async function* (...pieces: string[]) {
  for (const piece of pieces) yield Buffer.from(piece);
};
const send = (connection: Connection, rest: Partial<Parameters<typeof sendByScp>[1]> = {}, how = times()) =>
  sendByScp(connection, { path: 'flash:a b', size: 6, chunks: content('abc', 'def'), ...rest }, how);

async function fetch(connection: Connection, how: Parameters<typeof fetchByScp>[2] = times()) {
  const got: string[] = [];
  let size = -1;
  await fetchByScp(
    connection,
    {
      path: 'x',
      onSize: (told) => {
        size = told;
      },
      onChunk: async (bytes) => void got.push(Buffer.from(bytes).toString()),
    },
    how,
  );
  return { size, text: got.join('') };
}

async function failure(work: Promise<unknown>): Promise<RollcallError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(RollcallError);
  return error as RollcallError;
}

describe('sending', () => {
  test('goes step by step, each acknowledged', async () => {
    const heard: string[] = [];
    await send(
      playing(async (far, command) => {
        heard.push(command);
        far.says.write('\0');
        heard.push(await far.told('C0640 6 a b\n'.length));
        far.says.write('\0');
        heard.push(await far.told(7));
        far.says.write('\0');
        far.end();
      }),
      { mode: 0o640 },
    );
    expect(heard).toEqual(["scp -t 'flash:a b'", 'C0640 6 a b\n', 'abcdef\0']);
  });

  test.each([
    ['flash:x.bin', 'flash:x.bin'],
    [String.raw`cf3:\x.bin`, String.raw`cf3:\x.bin`],
    ["it's", String.raw`'it'\''s'`],
    ['$(reboot)', "'$(reboot)'"],
    ['~/x', "'~/x'"],
    ['-rf', './-rf'],
    [String.raw`/tmp/a\b`, String.raw`'/tmp/a\b'`],
  ])('%s stands in the command as %s', async (path, argument) => {
    let told = '';
    await failure(
      send(
        playing(async (far, command) => {
          told = command;
          far.says.write('\u0001scp: no\n');
        }),
        { path },
      ),
    );
    expect(told).toBe(`scp -t ${argument}`);
  });

  test.each([
    [
      '\u0001scp: /full/x: No space left on device\n',
      'no_space',
      'the device says: scp: /full/x: No space left on device',
    ],
    ['\u0002scp: /x: Permission denied\n', 'file_refused', 'the device says: scp: /x: Permission denied'],
    ['\u0001scp: /no/x: No such file or directory\n', 'no_such_file', 'the device says: scp: /no/x'],
    [
      '% Invalid input detected\r\n',
      'not_supported',
      'the device does not speak SCP; it says: % Invalid input detected',
    ],
    ['\u001b[2J\u0007boo\n', 'not_supported', 'it says: [2J boo'],
  ])('%j in place of an answer is told', async (says, code, message) => {
    const error = await failure(send(playing(async (far) => void far.says.write(says))));
    expect(error).toMatchObject({ code, phase: 'transfer', message: expect.stringContaining(message) });
  });

  test('content that is more or less than was announced is an error, and never acknowledged as whole', async () => {
    for (const pieces of [['abc'], ['abcdef', 'g']]) {
      const connection = playing(async (far) => {
        far.says.write('\0');
        await far.told('C0644 6 a b\n'.length);
        far.says.write('\0');
      });
      expect(await failure(send(connection, { chunks: content(...pieces) }))).toMatchObject({
        code: 'file_refused',
        message: expect.stringContaining('has changed meanwhile: 6 bytes were announced'),
      });
    }
  });

  test('a command that ends with an error behind the last answer is an error', async () => {
    const connection = playing(async (far) => {
      far.says.write('\0\0\0');
      await far.told('C0644 6 a b\nabcdef\0'.length);
      far.end(1);
    });
    expect(await failure(send(connection))).toMatchObject({ message: expect.stringContaining('ended with 1') });
  });

  test('a far end that is silent, hangs up, or is not wanted any more ends it', async () => {
    const silent = playing(async () => {});
    expect(await failure(send(silent, {}, { ...times(), idleMs: 50 }))).toBeInstanceOf(DeviceTimeoutError);
    const stop = new AbortController();
    const aborted = send(silent, {}, { ...times(), signal: stop.signal } as ReturnType<typeof times>);
    stop.abort();
    expect(await failure(aborted)).toBeInstanceOf(AbortedError);
    const gone = playing(async (far) => far.end(127));
    expect(await failure(send(gone))).toMatchObject({ code: 'not_supported', message: expect.stringContaining('127') });
    const refuses: Connection = {
      ...silent,
      exec: () => Promise.reject(new ConnectionClosedError('closed', 'the device gives no channel')),
    };
    expect(await failure(send(refuses))).toMatchObject({ code: 'not_supported' });
  });
});

describe('fetching', () => {
  /** A far end that offers one line, and whatever follows it. */
  const offering = (line: string, ...rest: string[]): Connection =>
    playing(async (far) => {
      await far.told(1);
      far.says.write(line);
      for (const piece of rest) {
        await far.told(1);
        far.says.write(piece);
      }
      far.end();
    });

  test('takes the content, and no byte more', async () => {
    expect(await fetch(offering('C0644 5 x\n', 'hello\0'))).toEqual({ size: 5, text: 'hello' });
    expect(await fetch(offering('C0600 0 an empty one\n', '\0'))).toEqual({ size: 0, text: '' });
    // IOS hangs up behind the content.
    expect(await fetch(offering('C0644 5 x\n', 'hello'))).toEqual({ size: 5, text: 'hello' });
  });

  test('tells sizes above 4 GiB', async () => {
    let told = 0;
    const work = fetchByScp(
      offering('C0644 5368709120 x\n', 'a'),
      {
        path: 'x',
        onSize: (size) => {
          told = size;
        },
        onChunk: async () => {},
      },
      times(),
    );
    expect(await failure(work)).toMatchObject({ code: 'file_refused' });
    expect(told).toBe(5_368_709_120);
  });

  test.each([
    ['D0755 0 folder\n', /it is a folder/],
    ['C0644 12345678901234567890 x\n', /offers no file/],
    ['C0644 -5 x\n', /offers no file/],
    ['T1 0 1 0\n', /offers no file/],
    ['Welcome to this device!\n', /does not speak SCP; it says: Welcome to this device!/],
    ['\r\n% Invalid command\r\n', /does not speak SCP; it says: % Invalid command/],
    ['\u0001scp: x: No such file or directory\n', /No such file/],
  ])('%j is no file', async (line, says) => {
    const error = await failure(fetch(offering(line)));
    expect(error.message).toMatch(says);
  });

  test('more than was announced was taken for a device without SCP, and its content for the message', async () => {
    const error = await failure(fetch(offering('C0644 5 x\n', 'helloHELLO')));
    expect(error).toMatchObject({ code: 'file_refused', message: expect.stringMatching(/more than the 5 bytes/) });
  });

  test('a far end that goes on and on behind the end was listened to for ever', async () => {
    const endless = playing(async ({ says, told }) => {
      await told(1);
      says.write('C0644 5 x\n');
      await told(1);
      says.write('hello\0');
      await told(1);
      while (!says.destroyed && !says.writableEnded) {
        if (!says.write(Buffer.alloc(1000, 65))) await once(says, 'drain');
      }
    });
    const error = await failure(fetch(endless));
    expect(error).toMatchObject({ code: 'file_refused', message: expect.stringMatching(/on and on behind the end/) });
  });

  test('a break in the middle is one', async () => {
    expect(await failure(fetch(offering('C0644 5 x\n', 'hel')))).toMatchObject({ phase: 'transfer' });
    expect(await failure(fetch(offering('C0644 5 x\n', 'hello\u0001scp: x: read error\n')))).toMatchObject({
      message: expect.stringContaining('read error'),
    });
  });
});
