export { loadPlatform, platformNames } from './catalogue.js';
export { matchPrompt, modeOf, type PromptMatch } from './mode-of.js';
export type {
  LoginData,
  ModeData,
  PagerData,
  Platform,
  TerminalData,
  TransitionData,
} from './platform.js';
