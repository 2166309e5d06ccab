// One device after another: the base line. Run: node examples/01-one-after-another.mjs [devices.yaml]
import { connect, loadInventory } from 'rollcall';

const { devices } = await loadInventory(process.argv[2] ?? `${import.meta.dirname}/devices.yaml`);
for (const device of devices) {
  console.log(`Connection to device ${device.name}`);
  const session = await connect(device);
  const { output } = await session.sendCommand('sh clock');
  console.log(output);
  await session.close();
}
