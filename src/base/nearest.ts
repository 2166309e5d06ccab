/** The edits (insert, delete, replace, swap of neighbours) that make one word of the other. */
function distance(a: string, b: string): number {
  const rows = a.length + 1;
  const columns = b.length + 1;
  const cost = new Uint16Array(rows * columns);
  const at = (row: number, column: number): number => cost[row * columns + column] ?? 0;
  for (let row = 0; row < rows; row++) cost[row * columns] = row;
  for (let column = 0; column < columns; column++) cost[column] = column;
  for (let row = 1; row < rows; row++) {
    for (let column = 1; column < columns; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let best = Math.min(at(row - 1, column) + 1, at(row, column - 1) + 1, at(row - 1, column - 1) + same);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        best = Math.min(best, at(row - 2, column - 2) + 1);
      }
      cost[row * columns + column] = best;
    }
  }
  return at(rows - 1, columns - 1);
}

/** Returns the names that a mistyped one was most likely meant to be, the nearest first; none when nothing is near. */
export function nearest(word: string, names: Iterable<string>, most = 3): string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 3));
  const near: { name: string; edits: number }[] = [];
  for (const name of names) {
    const known = name.toLowerCase();
    if (known === wanted) return [name];
    const edits = known.startsWith(wanted) || wanted.startsWith(known) ? 1 : distance(wanted, known);
    if (edits <= limit) near.push({ name, edits });
  }
  near.sort((a, b) => a.edits - b.edits || (a.name < b.name ? -1 : 1));
  // Beside one that is a swap of letters away, names that share half of their letters are no help.
  const worst = (near[0]?.edits ?? 0) + 1;
  return near
    .filter(({ edits }) => edits <= worst)
    .slice(0, most)
    .map(({ name }) => name);
}

/** Returns `; did you mean 'a' or 'b'?`, or an empty text when nothing is near. */
export function didYouMean(word: string, names: Iterable<string>): string {
  const near = nearest(word, names).map((name) => `'${name}'`);
  if (near.length === 0) return '';
  const last = near.pop();
  return `; did you mean ${near.length === 0 ? last : `${near.join(', ')} or ${last}`}?`;
}
