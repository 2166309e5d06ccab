// Bars as SVG, with a logarithmic scale: the pools are orders of magnitude apart.
const BAR = 16;
const LEFT = 320;
const WIDTH = 560;
const TITLE = 'Calls per second of rollcall and of other pools';

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const at = (value) => (WIDTH * Math.max(0, Math.log10(value) - 3)) / 4;

/** One group of bars per table; each table has a title and a figure for each contestant. */
export function plot(tables, contestants) {
  const parts = [];
  let y = 10;
  for (const { title, where, figures } of tables) {
    y += 24;
    parts.push(`<text x="10" y="${y}" font-weight="bold">${escaped(`${where}: ${title}`)}</text>`);
    y += 8;
    for (const [id, value] of figures) {
      if (value === undefined) continue;
      const { library, settings } = contestants[id];
      const fill = library === 'rollcall' ? '#c2410c' : '#94a3b8';
      const label = `${library}${settings === '' ? '' : ' (set)'}`;
      parts.push(
        `<text x="${LEFT - 8}" y="${y + 12}" text-anchor="end">${escaped(label)}</text>`,
        `<rect x="${LEFT}" y="${y}" width="${at(value).toFixed(1)}" height="${BAR - 3}" fill="${fill}"/>`,
        `<text x="${(LEFT + at(value) + 6).toFixed(1)}" y="${y + 12}">${Math.round(value).toLocaleString('en')}</text>`,
      );
      y += BAR;
    }
  }
  const size = `width="${LEFT + WIDTH + 100}" height="${y + 24}"`;
  const note = `<text x="10" y="${y + 18}" fill="#64748b">calls per second, from 1,000 to 10,000,000, logarithmic</text>`;
  const style = 'font-family="system-ui, sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${style} role="img">\n<title>${TITLE}</title>\n<rect width="100%" height="100%" fill="white"/>\n${parts.join('\n')}\n${note}\n</svg>\n`;
}
