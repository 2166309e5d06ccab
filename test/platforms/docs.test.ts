import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPlatform, loadPlatform, platformCatalogue } from 'rollcall/platforms';
import { checkCases } from 'rollcall/session';
import { afterAll, expect, test } from 'vitest';

const checkout = join(import.meta.dirname, '..', '..');
const page = readFileSync(join(checkout, 'docs', 'platforms.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'rollcall-platform-docs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the page is what the data say', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'scripts', 'platforms-doc.mjs'), '--check'], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
});

test('each name stands on the page once as what it is', () => {
  const [, files = '', same = '', generic = ''] =
    /## Platforms with a file of their own\n([\s\S]*?)\n## Names for the same system\n([\s\S]*?)\n## Names with the generic rules\n([\s\S]*?)\n`autodetect` /.exec(
      page,
    ) ?? [];
  const firsts = (text: string): string[] => [...text.matchAll(/^\| `([^`]+)`/gm)].map(([, name = '']) => name);
  const names = (covered: string): string[] =>
    platformCatalogue().flatMap((entry) => (entry.covered === covered ? [entry.name] : []));
  expect(firsts(files)).toEqual(names('own file'));
  expect(firsts(same)).toEqual(names('same system'));
  expect([...generic.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual(names('generic rules'));
});

test('the files that the page shows are sound, and their cases hold', async () => {
  const texts = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(texts).toHaveLength(2);
  for (const [index, text] of texts.entries()) {
    const file = join(folder, `${index}.yaml`);
    writeFileSync(file, text);
    const platform = loadPlatform(file);
    expect(checkPlatform(platform).problems).toEqual([]);
    expect((await checkCases(platform)).problems).toEqual([]);
  }
  expect(texts[1]).toContain('transcripts');
});

test('what is verified on documentation names a document, not the code of another program', () => {
  const code =
    /\b(?:netmiko|scrapli|gnetcli|NOC(?:'s)? profile|oxidized|Netshot|unicon|Ansible|Control::CLI|napalm|fake-switches)/i;
  const wrong = platformCatalogue().flatMap(({ name, covered, platform }) =>
    covered === 'own file'
      ? platform.verified
          .filter(({ by, what }) => by === 'documentation' && code.test(what))
          .map(({ what }) => [name, what])
      : [],
  );
  expect(wrong).toEqual([]);
});
