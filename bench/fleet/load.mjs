// Loads an inventory and prints what it took: node load.mjs FILE
import { loadInventory } from 'rollcall';

const peakMb = () => process.resourceUsage().maxRSS / 1024;
const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const before = { peak: peakMb(), cpu: cpuSeconds(), at: performance.now() };
const { devices } = await loadInventory(process.argv[2]);
const seconds = (performance.now() - before.at) / 1000;
const taken = { seconds, cpuSeconds: cpuSeconds() - before.cpu, peakMb: peakMb() - before.peak };
console.log(JSON.stringify({ devices: devices.length, ...taken }));
