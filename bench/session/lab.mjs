// One simulated router that waits until it is ended: prints how to reach it as JSON.
import { startLab } from 'rollcall/lab';

const lab = await startLab({ devices: 1, latencyMs: Number(process.argv[2]), privilege: 1 });
process.stdout.write(`${JSON.stringify(lab.devices[0])}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
