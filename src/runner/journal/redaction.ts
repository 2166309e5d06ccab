import { redact, Secret } from '../../base/index.js';
import { type SessionOptions, withoutSecretLinesOf } from '../../session/index.js';
import type { JournalOutputs, JournalRecord } from './format.js';

/** What is the same whatever a device answers. */
const HEAD: readonly string[] = [
  ...['schema', 'runId', 'device', 'host', 'port', 'platform', 'hostname', 'status', 'attempts', 'logins'],
  ...['worker', 'startedAt', 'elapsedMs'],
];
/** In a response: what is ours, or is no answer. */
const NO_ANSWER: readonly string[] = ['prompt', 'startedAt', 'endedBy', 'exitSignal'];
/** What a device answered; without it the rest still tells what was done. */
const ANSWERS: readonly string[] = ['output', 'stderr'];

/** What a task of the user's threw, or what it ended its worker with: nobody has looked at that. */
const ofTasks: ReadonlySet<string | undefined> = new Set(['task_error', 'worker_lost']);

/** So many different secrets of a fleet are looked for in every answer; of a larger one each device's own are. */
const MOST_SHARED = 64;
const DEEPEST = 8;
const MASK = String(new Secret(''));

export interface RedactionOptions {
  readonly outputs: JournalOutputs;
  readonly devices: Iterable<object>;
  readonly platforms?: SessionOptions['platforms'];
}

/** Makes of a record what may be written down; `resolved` is what the device's references came to. */
export type Redaction = (record: JournalRecord, device: object, resolved?: readonly Secret[]) => JournalRecord;

/**
 * Returns what takes the secrets out of records: those of the platforms' lines, and those of the fleet itself. Errors of
 * rollcall's own come without them.
 */
export function redactionFor({ outputs, devices, platforms = [] }: RedactionOptions): Redaction {
  if (outputs === 'full') return (record) => record;
  const shared = sharedSecrets(devices);
  const byPlatform = new Map<string, (text: string) => string>();
  const linesOf = (platform: string): ((text: string) => string) => {
    const lines = byPlatform.get(platform) ?? withoutSecretLinesOf(platform, platforms);
    byPlatform.set(platform, lines);
    return lines;
  };
  return (record, device, resolved = []) => {
    const lines = linesOf(record.platform);
    const secrets = [...(shared ?? secretsOf(device)), ...untold(device, resolved)];
    const clean = (text: string): string => redact(lines(text), secrets);
    // What a task has made of an answer is called by its key what the answer's line called it.
    const namedClean = (text: string, key: string): string => {
      const line = `"${key}": "any-word-1"`;
      return lines(line) === line ? clean(text) : MASK;
    };
    const kept: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(record)) {
      if (HEAD.includes(name)) kept[name] = value;
      else if (name === 'error') kept[name] = ofTasks.has(record.error?.code) ? mapTexts(value, clean) : value;
      else if (outputs === 'none') kept[name] = withoutAnswers(name, value, clean);
      else if (name === 'value') kept[name] = mapTexts(withCleanKeys(value, clean), namedClean);
      else kept[name] = mapTexts(value, clean, name);
    }
    return kept as unknown as JournalRecord;
  };
}

/** Of a response stays what was sent and how it went; of anything else nothing. */
function withoutAnswers(name: string, value: unknown, clean: (text: string) => string): unknown {
  if (name === 'subtasks') return mapTexts(value, clean);
  if (name !== 'responses' || !Array.isArray(value)) return null;
  return value.map((response: object) =>
    Object.fromEntries(
      Object.entries(response).map(([key, part]) => [key, ANSWERS.includes(key) ? '' : mapTexts(part, clean, key)]),
    ),
  );
}

function mapTexts(value: unknown, map: (text: string, key: string) => string, name = ''): unknown {
  if (typeof value === 'string') return NO_ANSWER.includes(name) || value === '' ? value : map(value, name);
  if (typeof value !== 'object' || value === null || Secret.is(value)) return value;
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map, name));
  if ('toJSON' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, mapTexts(part, map, key)]));
}

/** The keys of what a task returns are the task's as well: a table by community, say. */
function withCleanKeys(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withCleanKeys(one, clean));
  if (Secret.is(value) || 'toJSON' in value) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [clean(key), withCleanKeys(part, clean)]));
}

/**
 * What a device is called, and who logs in to it, is told in any case: a secret that is a part of that (`cisco` for a
 * `cisco_ios`) would be told by its place in every answer that was blanked out there.
 */
function untold(device: object, secrets: readonly Secret[]): readonly Secret[] {
  const { name, host, username, platform } = device as Readonly<Record<string, unknown>>;
  const told = [name, host, username, platform].filter((text) => typeof text === 'string');
  return secrets.filter((secret) => !told.some((text) => text.includes(secret.reveal())));
}

/** Returns the secrets of a device that are blanked out in what is kept of it. */
export const secretsOf = (device: object): readonly Secret[] => untold(device, secretsIn(device));

/** All secrets of the devices, or undefined where they are too many to look for each in every answer. */
function sharedSecrets(devices: Iterable<object>): readonly Secret[] | undefined {
  const known = new Map<string, Secret>();
  for (const device of devices) {
    for (const secret of secretsOf(device)) known.set(secret.reveal(), secret);
    if (known.size > MOST_SHARED) return undefined;
  }
  return [...known.values()];
}

function secretsIn(value: unknown, depth = 0): readonly Secret[] {
  if (Secret.is(value)) return [value];
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return [];
  return Object.values(value).flatMap((one) => secretsIn(one, depth + 1));
}
