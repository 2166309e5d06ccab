import type { Dialect } from '#dist/lab/dialect/index.js';

/** The rows that a long answer of a dialect consists of, in order, as they must arrive. */
export function rowsOf({ modes }: Dialect, send: string): string[] {
  const commands = Object.values(modes).flatMap((mode) => mode.commands);
  const command = commands.find(({ line }) => [line].flat().some((one) => one.replace(/ *\[[^\]]*\]/g, '') === send));
  const parts = command?.prints === undefined ? [] : [command.prints].flat();
  return parts.flatMap((part) =>
    typeof part === 'string' || 'each' in part
      ? []
      : Array.from({ length: part.repeat }, (_, index) =>
          part.line
            .replaceAll('{i}', String(index + 1))
            .trim()
            .replace(/\s+/g, ' '),
        ),
  );
}

/** What shows the running configuration in a mode of rest. */
export function runningOf({ examples, modes, start }: Dialect): string {
  if (examples.running !== undefined) return examples.running;
  const first = [start].flat().at(-1) ?? '';
  const rest = Object.keys(modes)
    .sort((a, b) => Number(b === first) - Number(a === first))
    .flatMap((name) => modes[name]?.commands ?? []);
  const shows = rest.find(({ prints }) => [prints ?? ''].flat().includes('{running}'));
  const [line] = [shows?.line ?? ''].flat();
  return (line ?? '').replace(/ *\[[^\]]*\]/g, '').trim();
}
