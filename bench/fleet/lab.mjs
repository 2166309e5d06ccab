// Simulated routers that wait until they are ended: node lab.mjs COUNT TRANSPORT; prints them as JSON, one line.
import { startLab } from 'rollcall/lab';

const [count, transport] = process.argv.slice(2);
const { devices } = await startLab({ devices: Number(count), transport });
process.stdout.write(`${JSON.stringify(devices)}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
