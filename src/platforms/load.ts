import { checkKind, didYouMean, OptionError, RollcallError } from '../base/index.js';
import { findEntry, platformNames } from './catalogue.js';
import { PlatformError, type PlatformFileProblem } from './errors.js';
import { extend, isMapping } from './extend.js';
import type { Platform } from './platform.js';
import { isPlatformPath, type PlatformSource, readPlatformFiles } from './platform-file.js';
import { checkShape } from './platform-shape.js';
import type { Path, Report } from './shape.js';

/** A user's platform, put together with what it extends. */
export interface LoadedPlatform {
  readonly platform: Platform;
  readonly file: string;
  lineOf(path: Path): number;
}

/**
 * Returns the platform of that name, or the one of a user's file (YAML or JSON: a path with a slash or such an ending,
 * a `file:` URL, or a folder with one such file).
 * @throws RollcallError (`unknown_platform`) with the nearest names; PlatformError with every problem and its line.
 */
export function loadPlatform(place: string | URL): Platform {
  if (isPlatformPath(place)) {
    const [first, ...others] = loadPlatforms(place);
    if (first !== undefined && others.length === 0) return first;
    const names = [first, ...others].map((platform) => platform?.name).join(', ');
    throw new OptionError(`${String(place)} holds several platforms (${names}); load them with loadPlatforms`);
  }
  checkKind('name', place ?? null, 'string');
  const name = String(place);
  const entry = findEntry(name);
  if (entry !== undefined) return entry.platform;
  const otherwise =
    '; `rollcall platforms list` prints those that there are, and a file is named with a slash (./my_os.yaml)';
  throw new RollcallError(
    'unknown_platform',
    `unknown platform '${name}'${didYouMean(name, platformNames()) || otherwise}`,
  );
}

/** Returns the platforms of a user's file or folder. @throws PlatformError with every problem and its line. */
export function loadPlatforms(place: string | URL): readonly Platform[] {
  return loadPlatformFiles([place]).map(({ platform }) => platform);
}

/** The same for several files and folders, which may extend one another, with where everything stands. */
export function loadPlatformFiles(places: readonly (string | URL)[]): readonly LoadedPlatform[] {
  const sources = places.flatMap(readPlatformFiles);
  const problems: PlatformFileProblem[] = [];
  const files = new Map<string, PlatformSource>();
  for (const source of sources) {
    const { file, value, lineOf } = source;
    const report = reporter(source, problems);
    if (!isMapping(value)) report([], 'a platform must be a mapping with at least name and modes (or extends)');
    else if (typeof value.name !== 'string') report([], "a platform needs the key 'name'");
    else if (files.has(value.name)) {
      const first = files.get(value.name);
      problems.push({
        file,
        line: lineOf(['name']),
        severity: 'error',
        message: `the platform '${value.name}' stands twice, first in ${first?.file}`,
      });
    } else files.set(value.name, source);
  }
  const loaded = [...files].map(([name, source]) => ({ ...source, platform: assemble(name, files, problems) }));
  if (problems.some(({ severity }) => severity === 'error')) {
    throw new PlatformError(problems.filter(({ severity }) => severity === 'error'));
  }
  return loaded.map(({ file, lineOf, platform }) => ({ file, lineOf, platform: platform as Platform }));
}

const reporter =
  ({ file, lineOf }: PlatformSource, problems: PlatformFileProblem[]): Report =>
  (path, message, severity = 'error') => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `;
    problems.push({ file, line: lineOf(path), severity, message: `${where}${message}` });
  };

/** Puts a file on top of what it extends: another of the files, else a platform of the catalogue. */
function assemble(
  name: string,
  files: ReadonlyMap<string, PlatformSource>,
  problems: PlatformFileProblem[],
  above: readonly string[] = [],
): Platform | undefined {
  const source = files.get(name);
  if (source === undefined || !isMapping(source.value)) return undefined;
  // What is wrong in a file is told once, when the file itself is looked at.
  const report: Report = above.length === 0 ? reporter(source, problems) : () => {};
  const { extends: base } = source.value;
  const line = [...above, name];
  let from: Platform | undefined;
  if (base !== undefined) {
    // A file may stand in for the platform of the catalogue that it extends.
    from =
      typeof base !== 'string' || line.includes(base) || !files.has(base)
        ? findEntry(String(base))?.platform
        : assemble(base, files, problems, line);
    if (from === undefined) {
      const known = [...files.keys(), ...platformNames()].filter((one) => one !== name);
      const says = files.has(String(base))
        ? `cannot extend '${String(base)}': either it extends this one, or something is wrong with what it extends`
        : `there is no platform '${String(base)}' to extend${didYouMean(String(base), known)}`;
      report(['extends'], says);
      return undefined;
    }
  }
  const platform = extend(from, source.value, report);
  if (above.length > 0) return platform as unknown as Platform;
  let wrong = false;
  checkShape(platform, (path, message, severity = 'error') => {
    wrong ||= severity === 'error';
    report(path, message, severity);
  });
  return wrong ? undefined : (platform as unknown as Platform);
}
