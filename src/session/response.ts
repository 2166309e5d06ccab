/** How the end of an answer was recognised. */
export type EndedBy = 'prompt' | 'pattern' | 'silence' | 'exit';

/** What a device answered to one input. */
export interface Response {
  readonly command: string;
  /** The prompt that the command was typed at. */
  readonly prompt: string;
  /** The rendered answer without echo and prompt, its lines joined by `\n`. */
  readonly output: string;
  /** False when the device refused the command. */
  readonly ok: boolean;
  /** The line with which it refused. */
  readonly refusal?: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly elapsedMs: number;
  readonly endedBy: EndedBy;
  /** True when only a part of the answer was kept. */
  readonly truncated: boolean;
}
