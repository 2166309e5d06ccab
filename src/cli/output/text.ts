import type { RunRecord } from '../../runner/index.js';
import { clean } from './clean.js';

/** An answer as it would have stood on the terminal: the prompt with the command, then the output. */
export function responseText({ prompt, command, output, stderr = '' }: RunRecord['responses'][number]): string {
  const body = [output, stderr].map((text) => (text === '' ? '' : `${text.replace(/\n$/, '')}\n`)).join('');
  return clean(`${prompt}${command}\n${body}`);
}

/** A device's answers, one after the other. */
export function recordText({ responses }: RunRecord): string {
  return responses.map(responseText).join('');
}

/**
 * Says why a device is not ok, in one line for the most part. Further ones are indented: none can be taken for another
 * device's, whatever a device makes us say.
 */
export function failureLine({ device, status, error }: FailedRecord): string {
  const message = (error?.message ?? '').replaceAll('\n', '\n  ');
  return clean(`${device.replaceAll('\n', ' ')}: ${status}: ${message}`);
}

export type FailedRecord = Pick<RunRecord, 'device' | 'status' | 'error' | 'worker'>;
