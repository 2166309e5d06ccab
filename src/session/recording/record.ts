import { createRequire } from 'node:module';
import { logger, prepareRecordingFolder, type RecordingHeader } from '../../base/index.js';
import { secretLinesOf } from '../../platforms/index.js';
import { openConnection } from '../../transport/index.js';
import type { SessionSecrets } from '../line/secrets.js';
import { secretsOf } from '../login/credentials.js';
import { addressOf, encodingOf, platformOf, type SessionOptions, type SessionTarget } from '../options.js';
import { recordedConnection } from './recorded-connection.js';
import { SessionRecorder } from './session-recorder.js';

/**
 * Returns the options with which a session is recorded as `recording` says, and which ask for no recording any more.
 * @throws OptionError when nothing can be written there: before the device is called.
 */
export function recorded(target: SessionTarget, options: SessionOptions, secrets: SessionSecrets): SessionOptions {
  const { recording, openConnection: open = openConnection, onPhase, ...rest } = options;
  if (recording === undefined) return options;
  const { file } = recording;
  prepareRecordingFolder(file);
  const platform = platformOf(target.platform, options);
  const lost = (reason: string): void => {
    if (options.onRecordingLost !== undefined) options.onRecordingLost(reason);
    else logger().warn(`rollcall: ${addressOf(target)} is not recorded from here on: ${file}: ${reason}`);
  };
  const recorderOptions = {
    file,
    header: headerOf(target, recording.device),
    secretLines: [...secretLinesOf(platform), ...(options.platforms ?? []).flatMap((own) => own.secretLines ?? [])],
    questions: secretQuestions(platform),
    encoding: encodingOf(target),
    onLost: lost,
  };
  let recorder = new SessionRecorder(recorderOptions);
  secrets.onEach((secret) => recorder.addSecret(secret));
  return {
    ...rest,
    onPhase: (phase) => {
      recorder.note(`phase ${phase}`);
      onPhase?.(phase);
    },
    openConnection: async (where, how) => {
      // A connection beside the one with the session is for files: it has no command line.
      if (!recorder.isIdle) return open(where, how);
      // The next credentials are tried on a connection of their own: the recording is of the last one.
      if (recorder.begun) recorder = recorder.next();
      return recordedConnection(await open(where, how), recorder);
    },
  };
}

function headerOf(target: SessionTarget, device: string | undefined): RecordingHeader {
  const { host, platform, transport = 'ssh', username } = target;
  const values = secretsOf(target).map((secret) => secret.reveal());
  return {
    device: device ?? host,
    host,
    platform,
    transport,
    encoding: encodingOf(target),
    started: new Date().toISOString(),
    rollcall: ownVersion(),
    // Some have a password that is like the name: then the name tells it.
    username: username === undefined || values.some((value) => username.includes(value)) ? undefined : username,
    secrets: (['password', 'secret'] as const).filter((key) =>
      [target, ...(target.credentials ?? [])].some((one) => one[key] !== undefined),
    ),
  };
}

function ownVersion(): string {
  try {
    return (createRequire(import.meta.url)('rollcall/package.json') as { version: string }).version;
  } catch {
    // A program that has rollcall built into one file has no such file beside it.
    return 'unknown';
  }
}

function secretQuestions({ login, modes }: ReturnType<typeof platformOf>): readonly string[] {
  const ofModes = Object.values(modes).flatMap(({ enter }) => enter.map(({ secretPrompt }) => secretPrompt));
  return [login.password, ...ofModes].filter((source) => source !== undefined);
}
