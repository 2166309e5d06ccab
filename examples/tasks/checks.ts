// Named parts: each has a status and a time of its own in the result. TypeScript runs as it is.
// Run: rollcall run --task examples/tasks/checks.ts -i devices.yaml --format ndjson
import type { TaskContext } from 'rollcall';

export async function checks(_device: unknown, _input: unknown, context: TaskContext) {
  const session = await context.connect();
  const show = async (command: string): Promise<string> => (await session.sendCommand(command)).output;

  const up = await context.run('interfaces', async () => (await show('sh ip int br')).match(/ up +up/g)?.length ?? 0);
  const routes = await context.run('routes', async () => (await show('sh ip route')).split('\n').length);
  // A part that fails and is caught does not fail the device: it stands in the result.
  await context
    .run('bgp', async () => {
      if (!/router bgp/.test(await show('show running-config'))) throw new Error('no BGP here');
    })
    .catch(() => {});
  return { up, routes };
}
