import {
  type CatalogueEntry,
  checkPlatform,
  type LoadedPlatform,
  loadPlatform,
  loadPlatformFiles,
  type Platform,
  PlatformError,
  type PlatformFileProblem,
  type PlatformProblem,
  platformCatalogue,
  platformProblemLine,
  toYaml,
} from '../platforms/index.js';
import { checkCases } from '../session/index.js';
import { EXIT } from './exit-codes.js';
import { clean } from './output/clean.js';
import { table } from './output/table.js';
import { ownPlatforms, type PlatformFlags } from './platform-files.js';

export interface ListFlags extends PlatformFlags {
  readonly json?: boolean;
}

/** A name as `platforms list` shows it. */
interface Row {
  readonly name: string;
  readonly title: string;
  readonly covered: CatalogueEntry['covered'] | 'your file';
  /** The platform whose file it is. */
  readonly by: string;
  readonly verified: Platform['verified'];
}

const rowOf = ({ name, covered, platform }: CatalogueEntry): Row => ({
  name,
  title: platform.title,
  covered,
  by: covered === 'generic rules' ? 'generic' : platform.name,
  verified: platform.verified,
});

/** `rollcall platforms list`: returns the exit code. @throws PlatformError for the user's own files. */
export function listPlatforms(flags: ListFlags): number {
  const own = ownPlatforms(flags).map(
    ({ name, title, verified }): Row => ({ name, title, covered: 'your file', by: name, verified }),
  );
  const others = platformCatalogue().map(rowOf);
  const rows = [...own, ...others.filter(({ name }) => !own.some((row) => row.name === name))];
  rows.sort((a, b) => (a.name < b.name ? -1 : 1));
  process.stdout.write(flags.json ? `${JSON.stringify(rows, undefined, 2)}\n` : tableOf(rows));
  return EXIT.ok;
}

function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, title, covered, by, verified }) => [
    name,
    covered === 'same system' ? `as ${by}` : covered,
    [...new Set(verified.map((one) => one.by))].join(', ') || '-',
    title,
  ]);
  return table([['NAME', 'COVERED BY', 'VERIFIED ON', 'TITLE'], ...cells]);
}

/** `rollcall platforms show`: prints a platform as a file of the user's could have it. @throws RollcallError (`unknown_platform`). */
export function showPlatform(name: string, flags: PlatformFlags): number {
  const platform = ownPlatforms(flags).find((own) => own.name === name) ?? loadPlatform(name);
  process.stdout.write(toYaml(platform));
  return EXIT.ok;
}

/** `rollcall platforms check`: 0 where every file is sound, 2 where one is not. */
export async function checkPlatformFiles(paths: readonly string[]): Promise<number> {
  let loaded: readonly LoadedPlatform[];
  try {
    loaded = loadPlatformFiles(paths);
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    tell(error.problems);
    return EXIT.usage;
  }
  let sound = true;
  for (const { platform, file, lineOf } of loaded) {
    const { problems, cases } = checkPlatform(platform);
    const spoken = await checkCases(platform);
    const all = [...problems, ...spoken.problems];
    tell(all.map((problem) => inFile(problem, { file, lineOf })));
    const errors = all.filter(({ severity }) => severity === 'error').length;
    sound &&= errors === 0;
    const said = `${count(cases + spoken.cases, 'case')}, ${count(errors, 'problem')}, ${count(all.length - errors, 'warning')}`;
    process.stdout.write(`${clean(file)}: ${clean(platform.name)}: ${said}\n`);
  }
  return sound ? EXIT.ok : EXIT.usage;
}

const count = (howMany: number, noun: string): string => `${howMany} ${noun}${howMany === 1 ? '' : 's'}`;

function inFile(
  { path, severity, message }: PlatformProblem,
  { file, lineOf }: Pick<LoadedPlatform, 'file' | 'lineOf'>,
): PlatformFileProblem {
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  return { file, line: lineOf(path), severity, message: `${where}${message}` };
}

function tell(problems: readonly PlatformFileProblem[]): void {
  for (const problem of problems) process.stderr.write(`${clean(platformProblemLine(problem))}\n`);
}
