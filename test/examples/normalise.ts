/** What differs from run to run, and the form that it has. */
const CHANCE: readonly (readonly [RegExp, string])[] = [
  [/\b\d\d:\d\d:\d\d\.\d{6}\b/g, 'HH:MM:SS.uuuuuu'],
  [/\*\d\d:\d\d:\d\d\.\d{3} UTC \w{3} \w{3} +\d+ \d{4}/g, '*HH:MM:SS.mmm UTC Day Mon DD YYYY'],
  [/<Future at 0x[0-9a-f]+ /g, '<Future at 0x… '],
  [/ +\d+\.\d{2,3} s\b/g, '  N.NNN s'],
  [/\bin \d+\.\d s$/gm, 'in N.N s'],
  // Where an error was thrown; Node's own frames are different in each version.
  [/^\w+:\S+:\d+\n(?:.*\n)?\s*\^+\n/gm, '(the line that threw)\n'],
  [/(?:^ {4,}at .*\n)+/gm, '    at …\n'],
  [/^Node\.js v[\d.]+$/gm, 'Node.js v…'],
];

/**
 * Gives a program's output the form in which it is compared: times, future ids and frames of stacks are what they are
 * called, and the lab's ports are those of the documentation.
 */
export function normalise(output: string, ports: ReadonlyMap<number, number>): string {
  let text = output.replaceAll('\r\n', '\n');
  for (const [pattern, form] of CHANCE) text = text.replace(pattern, form);
  text = text.replace(/(?<=127\.0\.0\.1[:_])\d+/g, (port) => String(ports.get(Number(port)) ?? port));
  return sortStarts(text);
}

/** Workers that begin together print their first lines in any order: lines of beginnings that stand together are sorted. */
function sortStarts(text: string): string {
  return text.replace(/(?:^.*===> .*\n)+/gm, (lines) => `${lines.trimEnd().split('\n').sort().join('\n')}\n`);
}
