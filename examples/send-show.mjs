// The unit of work that most examples share: a session, privileged mode, one show command, `{ address: output }`.
// `task` ties the function to this module, so that threads and processes find it; here it is called like any other.
import { connect, task } from 'rollcall';
import { log, time } from './log.mjs';

export const sendShow = task(import.meta.url, 'sendShow', async (device, command = 'sh clock') => {
  log(`===> ${time()} Connection: ${device.name}`);
  const session = await connect(device); // enables too: the device has a secret
  try {
    const { output } = await session.sendCommand(command);
    log(`<=== ${time()} Received: ${device.name}`);
    return { [device.name]: output };
  } finally {
    await session.close();
  }
});
