// Is the software the one we want? Run: rollcall run --task examples/tasks/audit.mjs --input '{"want":"15.4(2)T4"}' -i devices.yaml
export default async (_device, { want }, context) => {
  const session = await context.connect();
  const { output } = await session.sendCommand('show version');
  const version = /Version ([^, ]+)/.exec(output)?.[1];
  return { version, ok: version === want };
};
