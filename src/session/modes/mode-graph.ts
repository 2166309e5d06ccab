import type { Platform, TransitionData } from '../../platforms/index.js';

/** The shortest way of transitions from one mode to another; undefined where there is none. */
export function wayTo(
  platform: Platform,
  from: string,
  to: string,
  variant?: string,
): readonly TransitionData[] | undefined {
  const ways: { at: string; steps: TransitionData[] }[] = [{ at: to, steps: [] }];
  const seen = new Set([to]);
  for (let way = ways.shift(); way !== undefined; way = ways.shift()) {
    if (way.at === from) return way.steps;
    for (const step of platform.modes[way.at]?.enter ?? []) {
      if (seen.has(step.from) || (way.at === to && variant !== undefined && step.variant !== variant)) continue;
      seen.add(step.from);
      ways.push({ at: step.from, steps: [step, ...way.steps] });
    }
  }
  return undefined;
}

/** A mode as it is asked for: `config-exclusive` may be a mode, or a way into `config` that the prompt does not show. */
export interface WantedMode {
  readonly mode: string;
  readonly variant?: string;
}

/** Returns the mode, and the way into it, that a name means; undefined for a name that is none. */
export function wantedMode({ modes }: Platform, name: string): WantedMode | undefined {
  if (modes[name] !== undefined) return { mode: name };
  const [, variant] = /^config-(\w+)$/.exec(name) ?? [];
  const known = variant !== undefined && modes.config?.enter.some((way) => way.variant === variant) === true;
  return known ? { mode: 'config', variant } : undefined;
}

/** Whether a mode is one in which a session rests: it has no line that leaves it. */
export function isRest(platform: Pick<Platform, 'modes'>, mode: string): boolean {
  return platform.modes[mode]?.leave === undefined;
}

/** Whether a mode, or a way into one, is of configuration: what is typed in it changes the device. */
export const isConfiguration = (mode: string): boolean => /^config(?:-|$)/.test(mode);

/** Whether a mode can be reached from another one, if need be by leaving that for a mode of rest first. */
export function isReachable(platform: Platform, from: string, to: string): boolean {
  if (wayTo(platform, from, to) !== undefined) return true;
  if (isRest(platform, from)) return false;
  return Object.keys(platform.modes).some((rest) => isRest(platform, rest) && wayTo(platform, rest, to) !== undefined);
}
