// The memory of a run over time as SVG.
const [LEFT, TOP, WIDTH, HEIGHT] = [64, 40, 720, 260];
const LINES = [
  ['rss', '#c2410c', 'resident memory'],
  ['heapUsed', '#64748b', 'JavaScript heap in use'],
];
const MIB = 1024 * 1024;

const round = (most) => {
  const step = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * step).find((top) => top >= most);
};

/** Draws samples `{ seconds, rss, heapUsed }`. */
export function plot(samples, title) {
  const seconds = samples.at(-1).seconds;
  const top = round(Math.max(...samples.map(({ rss }) => rss)) / MIB);
  const x = (value) => (LEFT + (WIDTH * value) / seconds).toFixed(1);
  const y = (mib) => (TOP + HEIGHT - (HEIGHT * mib) / top).toFixed(1);
  const parts = [`<text x="${LEFT}" y="20" font-weight="bold">${title}</text>`];
  for (let step = 0; step <= 5; step++) {
    const [mib, at] = [(top * step) / 5, (seconds * step) / 5];
    parts.push(
      `<line x1="${LEFT}" x2="${LEFT + WIDTH}" y1="${y(mib)}" y2="${y(mib)}" stroke="#e2e8f0"/>`,
      `<text x="${LEFT - 8}" y="${Number(y(mib)) + 4}" text-anchor="end">${Math.round(mib)}</text>`,
      `<text x="${x(at)}" y="${TOP + HEIGHT + 18}" text-anchor="middle">${Math.round(at)} s</text>`,
    );
  }
  LINES.forEach(([key, color, label], index) => {
    const points = samples.map((sample) => `${x(sample.seconds)},${y(sample[key] / MIB)}`).join(' ');
    const at = TOP + HEIGHT + 40;
    parts.push(
      `<polyline points="${points}" fill="none" stroke="${color}" stroke-width="1.5"/>`,
      `<rect x="${LEFT + index * 180}" y="${at - 9}" width="12" height="9" fill="${color}"/>`,
      `<text x="${LEFT + index * 180 + 18}" y="${at}">${label}, MiB</text>`,
    );
  });
  const size = `width="${LEFT + WIDTH + 40}" height="${TOP + HEIGHT + 56}"`;
  const style = 'font-family="system-ui, sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${style} role="img">\n<title>${title}</title>\n<rect width="100%" height="100%" fill="white"/>\n${parts.join('\n')}\n</svg>\n`;
}
