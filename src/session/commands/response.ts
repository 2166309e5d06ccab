import type { Answer } from '../line/answer.js';

/** How the end of an answer was recognised. */
export type EndedBy = 'prompt' | 'pattern' | 'silence' | 'exit';

/** What a device answered to one input; plain data, which crosses to other threads and machines. */
export interface Response {
  readonly command: string;
  /** The prompt that the command was typed at. */
  readonly prompt: string;
  /**
   * The rendered answer without echo and prompt, its lines joined by `\n`. That of an answer that is too large for memory
   * is read from disk each time it is asked for.
   */
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
  /** What a command in a channel of its own wrote to its standard error. */
  readonly stderr?: string;
  /** The exit status of a command in a channel of its own; absent where the device gives none, or a signal ended it. */
  readonly exitCode?: number;
  /** The signal that ended it, without SIG. */
  readonly exitSignal?: string;
}

/** A response as the session gives it: what it holds beyond the plain data stays in this thread. */
export interface SessionResponse extends Response {
  /** The bytes as they were received, from the echo to the prompt. */
  readonly raw: Uint8Array;
  /** Goes through the rendered lines of the answer, also where they are too many for one string. */
  lines(): Iterable<string>;
}

/** Returns the response with its answer, which is read only when it is asked for where it is on disk. */
export function respond(data: Omit<Response, 'output' | 'truncated'>, answer: Answer): SessionResponse {
  const { startedAt, elapsedMs, endedBy, ...asked } = data;
  const output = answer.spooled ? '' : answer.text();
  const response = { ...asked, output, startedAt, elapsedMs, endedBy, truncated: false };
  if (answer.spooled) {
    Object.defineProperty(response, 'output', { enumerable: true, get: () => answer.text() });
  }
  // Not enumerable: a copy for another thread takes the plain data alone.
  return Object.defineProperties(response, {
    raw: { enumerable: false, get: () => answer.raw() },
    lines: { enumerable: false, value: () => answer.lines() },
  }) as typeof response & SessionResponse;
}
