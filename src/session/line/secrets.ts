import { redact, Secret } from '../../base/index.js';
import { type CredentialSource, credentialSource } from '../../credentials/index.js';
import type { Question } from '../../transport/index.js';
import { redactError } from './redact-error.js';

/** What is typed with echo, and is shorter, is no code. */
const SHORTEST_CODE = 4;

const SHORTEST_UNLIKE_A_WORD = 6;

/** All texts in a target, of which none is a Secret. */
function textsIn(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || Secret.is(value) || depth > 8) return [];
  return Object.values(value).flatMap((one) => textsIn(one, depth + 1));
}

type Ask = (question: Question) => Promise<string>;

/**
 * All secrets of one session: those of its target, and those that are typed while it lasts. What a device says, or a
 * server on the way to it, is shown without them.
 */
export class SessionSecrets {
  readonly #all: Secret[];
  readonly #shown: readonly string[];
  readonly #listeners: ((secret: Secret) => void)[] = [];

  /** `target` is what may be shown: user names, hosts. */
  constructor(known: Iterable<Secret> = [], target?: object) {
    this.#all = [...known];
    this.#shown = textsIn(target);
  }

  /** Adds one that is about to be typed. */
  add(secret: Secret): void {
    if (this.#all.some((one) => one.reveal() === secret.reveal())) return;
    this.#all.push(secret);
    for (const listener of this.#listeners) listener(secret);
  }

  /** Tells of those that are there, and of each that is added. */
  onEach(listener: (secret: Secret) => void): void {
    for (const secret of this.#all) listener(secret);
    this.#listeners.push(listener);
  }

  redact(text: string): string {
    return redact(text, this.#all);
  }

  /**
   * Takes the secrets out of an error, wherever it was made, and returns it: a second look, since what devices and servers
   * say is redacted where it comes in. A secret that is a word like those of our own messages, or part of what stands there
   * by right, is passed over: blanked out there, it would be told by its place.
   */
  redactError<E>(error: E): E {
    return redactError(
      error,
      this.#all.filter((secret) => this.#isUnlikeAWord(secret.reveal())),
    );
  }

  /** Returns the ways in which a session gets secrets, with all that come known here. */
  hearingAll({
    ask,
    credentialSource: source,
  }: {
    readonly ask?: Ask | undefined;
    readonly credentialSource?: CredentialSource | undefined;
  }) {
    return { ask: this.hearing(ask), credentialSource: this.hearingSource(source) };
  }

  /** Returns the same source of secrets, each of which is known here once it was resolved. */
  hearingSource(source: CredentialSource = credentialSource()): CredentialSource {
    return {
      resolve: async (reference, options) => {
        const secret = await source.resolve(reference, options);
        if (Secret.is(secret)) this.add(secret);
        return secret;
      },
    };
  }

  #isUnlikeAWord(value: string): boolean {
    return (
      value.length >= SHORTEST_UNLIKE_A_WORD &&
      /[^\p{L}\s.,:_-]/u.test(value) &&
      !this.#shown.some((text) => text.includes(value))
    );
  }

  /** Returns the same way to ask, whose answers are secrets from then on. */
  hearing(ask: Ask): Ask;
  hearing(ask: Ask | undefined): Ask | undefined;
  hearing(ask: Ask | undefined): Ask | undefined {
    if (ask === undefined) return undefined;
    return async (question) => {
      const answer = await ask(question);
      // A one-time code may be asked for with echo; a `yes` is none.
      if (typeof answer === 'string' && (!question.echo || answer.length >= SHORTEST_CODE))
        this.add(new Secret(answer));
      return answer;
    };
  }
}
