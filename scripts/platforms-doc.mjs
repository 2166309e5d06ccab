// Writes docs/platforms.md from the data of the platforms: what is covered, verified on what, and how many of each.
// `--check` writes nothing and fails where the page is not what would be written.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const door = join(process.env.ROLLCALL_PACKAGE ?? root, 'dist', 'platforms', 'index.js');
const { platformCatalogue } = await import(pathToFileURL(door).href);

const page = join(root, 'docs', 'platforms.md');
// What a person wrote of the page; its links are as from docs.
const guide = join(root, 'scripts', 'platforms-page.md');

const LEVELS = { device: 'a device', recording: 'a recording', documentation: 'documentation' };

/** The strongest thing that a platform was verified on. */
const levelOf = ({ verified }) => Object.keys(LEVELS).find((by) => verified.some((one) => one.by === by)) ?? 'nothing';

const cell = (text) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
const code = (text) => `\`${text}\``;
const row = (cells) => `| ${cells.join(' | ')} |`;
const table = (head, rows) => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
const count = (rows, test) => String(rows.filter(test).length);

/** What of a device's command line the data holds, beside prompts and refusals, which all have. */
function parts({ modes, prepare, pager, save, commit, context, detect, ahead, blocks, exec, login, cases }) {
  const names = Object.keys(modes);
  return [
    ...(prepare.length > 0 ? ['preparation'] : []),
    ...(pager.length > 0 ? ['pager'] : []),
    ...(names.some((name) => name.startsWith('config')) ? ['configuration'] : []),
    ...(commit === undefined ? [] : [commit.confirmed === undefined ? 'commit' : 'commit, confirmed commit']),
    ...(save === undefined ? [] : ['save']),
    ...(context === undefined ? [] : [`contexts (${context.title})`]),
    ...(blocks === undefined ? [] : ['blocks of text']),
    ...(ahead === undefined ? [] : ['lines sent ahead']),
    ...(exec === undefined ? [] : ['exec']),
    ...(login.answers === undefined && login.afterSsh === undefined ? [] : ['login questions']),
    ...(detect === undefined ? [] : ['detection']),
    ...(cases?.transcripts === undefined
      ? []
      : [`${cases.transcripts.length} transcript${cases.transcripts.length === 1 ? '' : 's'}`]),
  ].join(', ');
}

function render() {
  const entries = platformCatalogue();
  const own = entries.filter(({ covered }) => covered === 'own file');
  const same = entries.filter(({ covered }) => covered === 'same system');
  const generic = entries.filter(({ covered }) => covered === 'generic rules');
  const verified =
    (by) =>
    ({ platform }) =>
      levelOf(platform) === by;
  const covered = [...own, ...same];
  const counts = [
    ...Object.entries(LEVELS).map(([by, says]) => [
      `verified on ${says}`,
      count(own, verified(by)),
      count(covered, verified(by)),
    ]),
    ['covered, and verified on nothing', count(own, verified('nothing')), count(covered, verified('nothing'))],
    ['generic rules', '', String(generic.length)],
    ['in all', String(own.length), String(entries.length)],
  ].filter(([, files, names]) => files !== '0' || names !== '0');

  const files = own.map(({ name, platform }) => {
    const others = same.filter((entry) => entry.platform === platform).map((entry) => code(entry.name));
    return [
      code(name) + (others.length > 0 ? `, ${others.join(', ')}` : ''),
      cell(platform.title),
      Object.keys(platform.modes).join(', '),
      parts(platform),
      LEVELS[levelOf(platform)] ?? 'nothing',
    ];
  });
  const facts = own.map(({ name, platform: { title, verified: proofs, sources } }) =>
    [
      `### ${name}`,
      '',
      `${title}.`,
      '',
      ...proofs.map(({ by, what }) => `- Verified on ${LEVELS[by]}: ${what}`),
      ...(proofs.length === 0 ? ['- Verified on nothing.'] : []),
      ...sources.map((source) => `- Source: ${source}`),
      '',
    ].join('\n'),
  );

  return `${readFileSync(guide, 'utf8')
    .replace('{{counts}}', table(['what the name has', 'platform files', 'names'], counts))
    .replace('{{files}}', table(['names', 'system', 'modes', 'what is there', 'verified on'], files))
    .replace(
      '{{same}}',
      table(
        ['name', 'is', 'why'],
        same.map(({ name, platform, because }) => [code(name), code(platform.name), cell(because)]),
      ),
    )
    .replace('{{generic}}', generic.map(({ name }) => code(name)).join(' '))
    .replace('{{facts}}', facts.join('\n'))
    .trimEnd()}\n`;
}

const text = render();
if (process.argv.includes('--check')) {
  const stale = readFileSync(page, 'utf8').replaceAll('\r\n', '\n') !== text;
  if (stale) console.error('docs/platforms.md is not what the data say; write it with: node scripts/platforms-doc.mjs');
  process.exitCode = stale ? 1 : 0;
} else {
  writeFileSync(page, text);
  console.log(`docs/platforms.md: ${text.split('\n').length} lines`);
}
