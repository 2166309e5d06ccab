import type { SecretLineData } from '../base/index.js';
import type { PlatformCases, ReadOnlyCases, RefusedCase, TranscriptCase } from './cases.js';
import type { ActionData, BlockData, CommitData, ConfirmedData, ContextData, ContextListData } from './change-data.js';
import type { AnswerData, LoginData, PagerData } from './dialogue-data.js';
import {
  CHECKSUM_ALGORITHMS,
  type ChecksumData,
  type FilesCase,
  type FilesData,
  type FreeData,
  type SizeData,
} from './files-data.js';
import type { AboveData, LeaveData, ModeData, TransitionData } from './mode-data.js';
import { lineStart, pattern, wholeLine } from './pattern.js';
import type { DetectionData, Platform, PrepareData, TerminalData, VerifiedData } from './platform.js';
import type { ReadOnlyData } from './read-only.js';
import { type Kind, line, listOf, may, needed, objectOf, oneOf, type Report, recordOf, text, whole } from './shape.js';

const asks = pattern('iu');
const texts = listOf(text);
const isTrue = oneOf(true);

/** Inventories name the transport behind the name, so that a name cannot end in one. */
const name: Kind = (value, path, report) => {
  if (typeof value !== 'string' || !/^[a-z0-9][a-z0-9_.-]{0,63}$/.test(value)) {
    report(path, 'must be a word of small letters, digits, _, - and .');
  } else if (/_(?:ssh|telnet|serial)$/.test(value)) {
    report(path, `must not end in _ssh, _telnet or _serial, which name the transport in an inventory; got '${value}'`);
  }
};

/** A pattern in which `{name}` stands for any name. */
const withName: Kind = (value, path, report) => {
  if (typeof value === 'string' && !value.includes('{name}'))
    report(path, 'must hold {name}, the name that is looked for');
  else pattern()(typeof value === 'string' ? value.replaceAll('{name}', 'name') : value, path, report);
};

const answer = objectOf<AnswerData>({ prompt: needed(asks), answer: needed(text) });
const answers = may(listOf(answer));

const transition = objectOf<TransitionData>({
  from: needed(text),
  variant: may(text),
  send: needed(line),
  secretPrompt: may(asks),
  usernamePrompt: may(asks),
  answers,
  refusals: needed(listOf(lineStart)),
});

const mode = objectOf<ModeData>({
  prompt: needed(wholeLine()),
  above: may(objectOf<AboveData>({ line: needed(wholeLine()), stands: needed(oneOf('always', 'sometimes')) })),
  hostLimit: may(whole(1, 255)),
  viewSeparator: may(text),
  enter: needed(listOf(transition)),
  leave: may(objectOf<LeaveData>({ send: needed(line), abandon: may(line), answers })),
});

const actionFields = {
  send: needed(line),
  in: may(text),
  answers,
  done: may(pattern()),
  refusals: may(listOf(pattern())),
};
const action = objectOf<ActionData>(actionFields);

const commit = objectOf<CommitData>({
  ...actionFields,
  comment: may(line),
  own: may(line),
  modes: may(texts),
  check: may(action),
  discard: may(action),
  confirm: may(action),
  confirmed: may(
    objectOf<ConfirmedData>({
      ...actionFields,
      unit: needed(oneOf('seconds', 'minutes', 'hh:mm:ss')),
      confirm: needed(action),
    }),
  ),
});

const protocol = oneOf('sftp', 'scp');

/** A line with a place for the file, or for the folder that it is in. */
const fileLine: Kind = (value, path, report) => {
  line(value, path, report);
  if (typeof value === 'string' && !/\{(?:path|folder)\}/.test(value)) report(path, 'must hold {path} or {folder}');
};

const files = objectOf<FilesData>({
  protocols: needed(listOf(protocol, { least: 1 })),
  sameConnection: may(isTrue),
  fileSystem: may(text),
  mounts: may(recordOf(text)),
  quoting: may(oneOf('shell')),
  in: may(text),
  checksums: may(
    listOf(
      objectOf<ChecksumData>({
        algorithm: needed(oneOf(...CHECKSUM_ALGORITHMS)),
        send: needed(fileLine),
        answer: needed(asks),
      }),
    ),
  ),
  size: may(
    objectOf<SizeData>({ send: needed(fileLine), answer: needed(asks), absent: needed(asks), folder: may(asks) }),
  ),
  free: may(objectOf<FreeData>({ send: needed(line), answer: needed(asks), unit: may(whole(1, 2 ** 31)) })),
  remove: may(fileLine),
  switchOn: may(objectOf<NonNullable<FilesData['switchOn']>>({ sftp: may(text), scp: may(text) })),
});

const cases = objectOf<PlatformCases>({
  prompts: needed(recordOf(listOf(text))),
  noPrompts: needed(texts),
  refused: needed(listOf(objectOf<RefusedCase>({ answer: needed(texts), line: needed(text) }))),
  notRefused: needed(listOf(texts)),
  pagers: may(texts),
  questions: may(texts),
  renames: may(recordOf(text)),
  files: may(
    listOf(
      objectOf<FilesCase>({
        line: needed(oneOf('checksum', 'size', 'free')),
        answer: needed(texts),
        reads: needed(text),
      }),
    ),
  ),
  secretLines: may(recordOf(text)),
  readOnly: may(objectOf<ReadOnlyCases>({ allowed: needed(listOf(line)), refused: needed(listOf(line)) })),
  transcripts: may(
    listOf(
      objectOf<TranscriptCase>({
        title: needed(text),
        before: needed(text),
        command: needed(line),
        received: needed(text),
        output: needed(text),
        mode: needed(text),
        refusal: may(text),
      }),
    ),
  ),
});

const secretLineFields = objectOf<SecretLineData>({ pattern: needed(asks), until: may(asks), words: may(texts) });
const secretLine: Kind = (value, path, report) => {
  secretLineFields(value, path, report);
  const source = (value as { pattern?: unknown } | null)?.pattern;
  const until = (value as { until?: unknown } | null)?.until;
  if (typeof source !== 'string' || until !== undefined || /(?<!\\)\((?!\?)|\(\?</.test(source)) return;
  report([...path, 'pattern'], 'blanks out nothing: what is secret must stand in a group, as in key (\\S+)');
};

const platform = objectOf<Platform>({
  name: needed(name),
  title: needed(text),
  verified: needed(
    listOf(objectOf<VerifiedData>({ by: needed(oneOf('device', 'recording', 'documentation')), what: needed(text) })),
  ),
  sources: needed(texts),
  terminal: needed(
    objectOf<TerminalData>({
      type: needed(text),
      columns: needed(whole(20, 32_767)),
      rows: needed(whole(1, 32_767)),
      newline: needed(oneOf('\r', '\n', '\r\n')),
      echo: may(oneOf('none')),
    }),
  ),
  modes: needed(recordOf(mode, { least: 1 })),
  home: may(text),
  login: needed(
    objectOf<LoginData>({
      username: needed(asks),
      password: needed(asks),
      refusals: needed(listOf(asks)),
      afterSsh: may(isTrue),
      usernameSuffix: may(text),
      acknowledge: answers,
      answers,
      wake: may(text),
    }),
  ),
  prepare: needed(listOf(objectOf<PrepareData>({ send: needed(line), in: may(texts), answers }))),
  prepareTogether: may(text),
  pager: needed(listOf(objectOf<PagerData>({ prompt: needed(asks), answer: needed(text), ambiguous: may(isTrue) }))),
  questions: needed(listOf(asks)),
  refusals: needed(listOf(lineStart)),
  beforeRefusal: needed(listOf(pattern())),
  stamps: may(listOf(pattern())),
  messages: may(listOf(lineStart)),
  renames: needed(listOf(pattern())),
  helpKey: may(text),
  unendedAnswers: may(isTrue),
  configureIn: may(name),
  ahead: may(listOf(pattern())),
  blocks: may(listOf(objectOf<BlockData>({ start: needed(pattern()), end: may(text) }))),
  save: may(action),
  commit: may(commit),
  context: may(
    objectOf<ContextData>({
      title: needed(text),
      enter: needed(listOf(line, { least: 1 })),
      leave: needed(listOf(line)),
      refusals: may(listOf(pattern())),
      exists: may(
        objectOf<ContextListData>({
          enter: may(listOf(line)),
          send: needed(line),
          line: needed(withName),
          leave: may(listOf(line)),
        }),
      ),
    }),
  ),
  files: may(files),
  exec: may(oneOf('one', 'many')),
  detect: may(
    objectOf<DetectionData>({
      ident: may(asks),
      banner: may(asks),
      prompt: may(asks),
      probe: may(objectOf<NonNullable<DetectionData['probe']>>({ send: needed(line), answer: needed(asks) })),
      over: may(texts),
    }),
  ),
  secretLines: may(listOf(secretLine)),
  readOnly: may(objectOf<ReadOnlyData>({ allow: needed(listOf(wholeLine('iu'))), refuse: may(listOf(asks)) })),
  exit: needed(line),
  cases: may(cases),
});

/** Reports what is not a platform's shape: keys, kinds of values, patterns that do not compile, modes that there are not. */
export function checkShape(value: unknown, report: Report): void {
  let wrong = false;
  platform(value, [], (path, message, severity = 'error') => {
    wrong ||= severity === 'error';
    report(path, message, severity);
  });
  if (!wrong) checkReferences(value as Platform, report);
}

/** Every mode that is named must be one of the platform's. */
function checkReferences(
  { modes, home, configureIn, prepare, save, commit, files: carried, cases }: Platform,
  report: Report,
): void {
  const known = (name: string | undefined, path: readonly (string | number)[]): void => {
    if (name === undefined || Object.hasOwn(modes, name)) return;
    report(path, `there is no mode '${name}'; the modes are ${Object.keys(modes).join(', ')}`);
  };
  for (const [name, { enter }] of Object.entries(modes)) {
    for (const [index, { from }] of enter.entries()) known(from, ['modes', name, 'enter', index, 'from']);
  }
  for (const [index, { in: those = [] }] of prepare.entries()) {
    for (const [at, one] of those.entries()) known(one, ['prepare', index, 'in', at]);
  }
  known(configureIn, ['configureIn']);
  known(home, ['home']);
  known(save?.in, ['save', 'in']);
  known(carried?.in, ['files', 'in']);
  for (const [at, one] of (commit?.modes ?? []).entries()) known(one, ['commit', 'modes', at]);
  for (const [key, one] of Object.entries({
    '': commit,
    check: commit?.check,
    discard: commit?.discard,
    confirmed: commit?.confirmed,
  })) {
    known(one?.in, key === '' ? ['commit', 'in'] : ['commit', key, 'in']);
  }
  for (const name of Object.keys(cases?.prompts ?? {})) known(name, ['cases', 'prompts', name]);
  for (const [index, { mode: name }] of (cases?.transcripts ?? []).entries()) {
    known(name, ['cases', 'transcripts', index, 'mode']);
  }
}
