export type { PlatformCases, RefusedCase, TranscriptCase } from './cases.js';
export { type CatalogueEntry, type Coverage, platformCatalogue, platformNames } from './catalogue.js';
export type { ActionData, BlockData, CommitData, ConfirmedData, ContextData } from './change-data.js';
export type { AnswerData, LoginData, PagerData } from './dialogue-data.js';
export { loadPlatform } from './load.js';
export type { AboveData, LeaveData, ModeData, TransitionData } from './mode-data.js';
export { matchPrompt, modeOf, type PromptMatch } from './mode-of.js';
export type { DetectionData, Platform, PrepareData, TerminalData, VerifiedData } from './platform.js';
