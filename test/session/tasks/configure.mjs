import { task } from 'rollcall/futures';
import { connect } from 'rollcall/session';

/** Configures one device; what `run` gives it to stop by stops it. */
export const configure = task(import.meta.url, 'configure', async (device, { lines }, { signal }) => {
  const session = await connect(device, { signal, hostKeys: { policy: 'off' } });
  try {
    return await session.sendConfig(lines);
  } finally {
    await session.close();
  }
});
