import { Deadline } from '../base/index.js';
import type { WorkerLink } from './worker-link.js';

/** Calls are sent ahead where they will have their turn much sooner. */
const PATIENCE_MS = 2;

/** Sees to it that no call waits behind a slow one in one worker while another worker is idle. */
export class Rescue {
  readonly #takeBack: (link: WorkerLink) => void;
  #waiting = false;

  constructor(takeBack: (link: WorkerLink) => void) {
    this.#takeBack = takeBack;
  }

  /** To be told of the workers whenever calls were given out. */
  watch(links: ReadonlyMap<WorkerLink, unknown>): void {
    if (this.#waiting || !isUneven(links)) return;
    this.#waiting = true;
    const heard = new Map([...links.keys()].map((link) => [link, link.heard]));
    Deadline.after(PATIENCE_MS).schedule(() => {
      this.#waiting = false;
      for (const link of links.keys()) {
        if (isUneven(links) && link.hasAhead && link.heard === heard.get(link)) this.#takeBack(link);
      }
      this.watch(links);
    });
  }
}

function isUneven(links: ReadonlyMap<WorkerLink, unknown>): boolean {
  let idle = false;
  let loaded = false;
  for (const link of links.keys()) {
    if (link.load < link.places) idle ||= !link.ending;
    else if (link.hasAhead) loaded ||= !link.stuck;
  }
  return idle && loaded;
}
