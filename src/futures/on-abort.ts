import { processWide } from '../base/index.js';

type Listener = () => void;
interface Hub {
  readonly listeners: Set<Listener>;
  readonly tell: () => void;
}

const hubs = () => processWide('abortHubs', () => new WeakMap<AbortSignal, Hub>());

/**
 * Calls back when the signal aborts, and returns what calls that off. However many listen, the signal itself has one
 * listener: Node warns of more than ten, and thousands of calls may share a signal.
 */
export function onAbort(signal: AbortSignal, listener: Listener): () => void {
  let hub = hubs().get(signal);
  if (hub === undefined) {
    const listeners = new Set<Listener>();
    hub = {
      listeners,
      tell: () => {
        for (const each of [...listeners]) each();
      },
    };
    hubs().set(signal, hub);
  }
  const { listeners, tell } = hub;
  if (listeners.size === 0) signal.addEventListener('abort', tell, { once: true });
  listeners.add(listener);
  return () => {
    if (listeners.delete(listener) && listeners.size === 0) signal.removeEventListener('abort', tell);
  };
}
