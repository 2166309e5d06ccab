import type { ExecStream } from './ssh-server.ts';

/** A request of draft-ietf-secsh-filexfer-02; what it has no field for is absent. */
export interface SftpRequest {
  readonly what: string;
  readonly path: string;
  /** The new name of a rename. */
  readonly to: string;
  readonly offset: number;
  readonly length: number;
  readonly data: Buffer;
  readonly flags: number;
  /** Answers with a status and a text. */
  status(code: number, text?: string): void;
  /** Answers with attributes; without a size they hold the kind alone. */
  attributes(size: number | undefined): void;
  content(bytes: Uint8Array): void;
}

const NAMES = new Map([
  ...([
    [3, 'open'],
    [4, 'close'],
    [5, 'read'],
    [6, 'write'],
    [13, 'remove'],
    [17, 'stat'],
    [18, 'rename'],
  ] as const),
]);
const [STATUS, HANDLE, DATA, ATTRIBUTES] = [101, 102, 103, 105];
const [OK, END, NO_SUCH_FILE, UNSUPPORTED] = [0, 1, 2, 8];
export const REFUSED = 3;
export const FAILED = 4;
const CREATES = 8;
const EMPTIES = 16;

/**
 * An SFTP server as plain as the draft, without a single extension, by hand: it may answer what no library would.
 * `surprise` answers a request itself, and says so.
 */
export function serveSftp(
  stream: ExecStream,
  files: Map<string, Buffer>,
  surprise: (request: SftpRequest) => boolean = () => false,
): void {
  let received = Buffer.alloc(0);
  stream.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= 4 && received.length >= 4 + received.readUInt32BE(0)) {
      const end = 4 + received.readUInt32BE(0);
      const packet = received.subarray(4, end);
      received = received.subarray(end);
      if (packet[0] === 1) stream.write(packetOf(2, number(3)));
      else {
        const request = requestOf(packet, stream);
        if (!surprise(request))
          answer(request, files, (path) => stream.write(packetOf(HANDLE, packet.subarray(1, 5), text(path))));
      }
    }
  });
  stream.on('end', () => {
    stream.exit(0);
    stream.end();
  });
}

function requestOf(packet: Buffer, stream: ExecStream): SftpRequest {
  const id = packet.subarray(1, 5);
  const what = NAMES.get(packet[0] as 3) ?? 'other';
  let at = 5;
  const next = (): Buffer => {
    const length = packet.readUInt32BE(at);
    at += 4 + length;
    return packet.subarray(at - length, at);
  };
  // A handle is the path itself here.
  const path = next().toString();
  const placed = what === 'read' || what === 'write';
  const offset = placed ? Number(packet.readBigUInt64BE(at)) : 0;
  if (placed) at += 8;
  return {
    what,
    path,
    offset,
    to: what === 'rename' ? next().toString() : '',
    length: what === 'read' ? packet.readUInt32BE(at) : 0,
    flags: what === 'open' ? packet.readUInt32BE(at) : 0,
    data: what === 'write' ? next() : Buffer.alloc(0),
    status: (code, says = 'so it is') => void stream.write(packetOf(STATUS, id, number(code), text(says), text(''))),
    attributes: (size) =>
      void stream.write(
        packetOf(
          ATTRIBUTES,
          id,
          number(size === undefined ? 4 : 5),
          size === undefined ? Buffer.alloc(0) : long(size),
          number(0o100644),
        ),
      ),
    content: (bytes) => void stream.write(packetOf(DATA, id, text(bytes))),
  };
}

function answer(request: SftpRequest, files: Map<string, Buffer>, handle: (path: string) => void): void {
  const { what, path, to, offset, length, flags, data, status } = request;
  const file = files.get(path);
  if (what === 'other') return status(UNSUPPORTED);
  if (what === 'close') return status(OK);
  if (what === 'write') {
    const whole = Buffer.alloc(Math.max(file?.length ?? 0, offset + data.length));
    file?.copy(whole);
    data.copy(whole, offset);
    files.set(path, whole);
    return status(OK);
  }
  if (what === 'open' && (flags & CREATES) > 0) {
    if (file === undefined || (flags & EMPTIES) > 0) files.set(path, Buffer.alloc(0));
    return handle(path);
  }
  if (file === undefined) return status(NO_SUCH_FILE);
  if (what === 'open') return handle(path);
  if (what === 'stat') return request.attributes(file.length);
  if (what === 'read')
    return offset < file.length ? request.content(file.subarray(offset, offset + length)) : status(END);
  if (what === 'rename') {
    if (files.has(to)) return status(FAILED);
    files.set(to, file);
  }
  files.delete(path);
  return status(OK);
}

const number = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const long = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const text = (value: string | Uint8Array): Buffer => {
  const bytes = Buffer.from(value as Uint8Array);
  return Buffer.concat([number(bytes.length), bytes]);
};
const packetOf = (type: number, ...parts: Buffer[]): Buffer => text(Buffer.concat([Buffer.of(type), ...parts]));
