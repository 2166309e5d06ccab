import type { Duplex } from 'node:stream';
import type { DeviceCounters } from './counters.js';
import type { DeviceModel } from './device.js';
import type { FaultPlan } from './faults.js';
import { TelnetCodec } from './telnet-codec.js';

export interface ServiceOptions {
  readonly model: () => DeviceModel;
  readonly counters: DeviceCounters;
  readonly faults: FaultPlan;
  readonly commandMs: number;
}

/** Serves one telnet connection; the device itself asks for the name and the password. */
export function serveTelnet(socket: Duplex, { model, counters, faults, commandMs }: ServiceOptions): void {
  const send = (bytes: Buffer): void => {
    if (socket.writable && !socket.write(bytes)) socket.pause();
  };
  const codec = new TelnetCodec({
    text: (text) => shell.input(text),
    reply: send,
    windowSize: (size) => shell.resize(size),
  });
  codec.start();
  const line = { write: (text: string) => send(TelnetCodec.encode(text)), end: () => void socket.end() };
  const shell = model().openShell({ line, counters, faults, commandMs, username: undefined });
  socket.on('drain', () => socket.resume());
  socket.on('data', (bytes: Buffer) => codec.decode(bytes));
  socket.on('close', () => shell.closed());
}
