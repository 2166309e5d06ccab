// rollcall's own log turned down, and a daemon thread that does not hold the program.
// Run: node examples/25-quiet-daemon.mjs [devices.yaml]
import { connect, isMainModule, loadInventory, Secret, setLogger, silentLogger, task } from 'rollcall';
import { Queue, Thread } from 'rollcall/futures';
import { sendShow } from './send-show.mjs';

export const watch = task(import.meta.url, 'watch', async (device, answers) => {
  const session = await connect(device);
  for (;;) await answers.put((await session.sendCommand('sh clock')).output);
});

if (isMainModule(import.meta)) {
  const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
  // rollcall logs only what nobody else tells, such as the error of a thread whose future is not asked for. Without
  // this line it comes with its whole stack; silentLogger alone says nothing at all.
  setLogger({ ...silentLogger, error: (message) => console.error(`rollcall: ${message}`) });
  const failing = new Thread({ task: watch, args: [{ ...devices[2], password: new Secret('wrong') }, new Queue()] });
  failing.start();
  await failing.join();

  const answers = new Queue();
  const daemon = new Thread({ task: watch, args: [devices[1], answers], daemon: true });
  daemon.start();
  console.log(await sendShow(devices[0]));
  console.log('the daemon has answers:', answers.size > 0, 'is alive:', daemon.isAlive());
} // the program ends here, and the daemon with it
