export type { PlatformCases, ReadOnlyCases, RefusedCase, TranscriptCase } from './cases.js';
export { type CatalogueEntry, type Coverage, platformCatalogue, platformNames } from './catalogue.js';
export type { ActionData, BlockData, CommitData, ConfirmedData, ContextData, ContextListData } from './change-data.js';
export { checkPlatform, type PlatformCheck } from './check.js';
export type { AnswerData, LoginData, PagerData } from './dialogue-data.js';
export { PlatformError, type PlatformFileProblem, platformProblemLine } from './errors.js';
export {
  CHECKSUM_ALGORITHMS,
  type ChecksumAlgorithm,
  type ChecksumData,
  type FileProtocol,
  type FilesCase,
  type FilesData,
  type FreeData,
  readFilesAnswer,
  type SizeData,
} from './files-data.js';
export { type LoadedPlatform, loadPlatform, loadPlatformFiles, loadPlatforms } from './load.js';
export type { AboveData, LeaveData, ModeData, TransitionData } from './mode-data.js';
export { matchPrompt, modeOf, type PromptMatch } from './mode-of.js';
export type { DetectionData, Platform, PrepareData, TerminalData, VerifiedData } from './platform.js';
export { toYaml } from './platform-file.js';
export { type ReadOnlyData, readOnlyProblem } from './read-only.js';
export { secretLinesOf } from './secrets/of-platform.js';
export type { Path as PlatformPath, Problem as PlatformProblem } from './shape.js';
