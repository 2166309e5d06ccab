import { loadPlatform, type Platform } from '#dist/platforms/index.js';

const ios = loadPlatform('cisco_ios');

/** A platform for tests of the engine: the shapes are those that vendors have, in as little data as shows them. */
function platform(name: string, data: Partial<Platform> & Pick<Platform, 'modes'>): Platform {
  return { ...ios, name, title: name, prepare: [], renames: [], refusals: [], stamps: [], ...data };
}

const USER_HOST = String.raw`(?<user>[\w.-]+)@(?<host>[\w.()-]{1,63})`;

/** Two lines in configuration, and in operation only where there are two routing engines. */
export const junosLike = platform('junos_like', {
  modes: {
    exec: {
      prompt: `^${USER_HOST}>$`,
      above: { line: String.raw`^\{\w+(?::\w+)?\}$`, stands: 'sometimes' },
      enter: [],
    },
    config: {
      prompt: `^${USER_HOST}#$`,
      above: { line: String.raw`^\[edit[^\]]*\]$`, stands: 'always' },
      enter: [{ from: 'exec', send: 'configure', refusals: [] }],
      leave: { send: 'exit configuration-mode' },
    },
    'root-shell': { prompt: `^${USER_HOST}:[^#]*#$`, enter: [{ from: 'exec', send: 'start shell', refusals: [] }] },
  },
});

/** The same last line everywhere: the line above tells the modes apart. */
export const srLinuxLike = platform('srlinux_like', {
  modes: {
    exec: {
      prompt: '^A:(?<host>[^#]+)#$',
      above: { line: '^--\\{ running \\}--\\[.*\\]--$', stands: 'always' },
      enter: [],
    },
    config: {
      prompt: '^A:(?<host>[^#]+)#$',
      above: { line: String.raw`^--\{ [*+! ]*candidate [^}]*\}--\[.*\]--$`, stands: 'always' },
      enter: [{ from: 'exec', send: 'enter candidate', refusals: [] }],
      leave: { send: 'discard now' },
    },
  },
});

/** No name in the prompt of any mode. */
export const wlcLike = platform('wlc_like', {
  modes: {
    privileged: { prompt: String.raw`^\([^)]{1,63}\) >$`, enter: [] },
    config: {
      prompt: String.raw`^\([^)]{1,63}\) config>$`,
      enter: [{ from: 'privileged', send: 'config', refusals: [] }],
      leave: { send: 'exit' },
    },
  },
});

/** A counter, and a mark of unsaved changes. */
export const exosLike = platform('exos_like', {
  modes: { privileged: { prompt: String.raw`^(?:\* )?(?<host>[\w-]+)\.\d+ #$`, enter: [] } },
});

/** A role in a pair, and a mark of uncommitted changes. */
export const vrpLike = platform('vrp_like', {
  modes: {
    privileged: { prompt: String.raw`^(?:HRP_[MS])?<(?<host>[^>\s]+)>$`, enter: [] },
    config: {
      prompt: String.raw`^(?:HRP_[MS])?\[[~*]?(?<host>[^\]\s-]+)(?:-[^\]]+)?\]$`,
      enter: [{ from: 'privileged', send: 'system-view', refusals: [] }],
      leave: { send: 'return' },
    },
  },
  renames: [String.raw`^\s*sysname\s+(?<host>\S+)\s*$`],
});

/** A time stamp below every echo, and a name cut to 31 characters in configuration. */
export const xrLike = platform('xr_like', {
  modes: {
    privileged: { prompt: String.raw`^RP/\d/\w+/CPU\d:(?<host>[^#()\s]+)#$`, enter: [] },
    config: {
      prompt: String.raw`^RP/\d/\w+/CPU\d:(?<host>[^#()\s]+)\(config[^)]*\)#$`,
      hostLimit: 31,
      enter: [{ from: 'privileged', send: 'configure terminal', refusals: [] }],
      leave: { send: 'end' },
    },
  },
  stamps: [String.raw`^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \w{3} [ \d]\d \d\d:\d\d:\d\d\.\d{3} \S+$`],
  renames: [String.raw`^\s*hostname\s+(?<host>\S+)\s*$`],
});

/** A user, a name of any characters, a path, and marks before it all. */
export const routerOsLike = platform('routeros_like', {
  modes: {
    privileged: { prompt: String.raw`^\[(?<user>[^@\]]+)@(?<host>[^\]]+)\] (?:<SAFE> ?)?(?:/[\w /-]*)?>$`, enter: [] },
  },
});

/** A virtual device in the prompt. */
export const asaLike = platform('asa_like', {
  modes: {
    privileged: { prompt: String.raw`^(?<host>[\w.-]+)(?:/(?<context>[\w.-]+))?#$`, enter: [] },
  },
  context: { title: 'context', enter: ['changeto context {name}'], leave: ['changeto system'] },
});
