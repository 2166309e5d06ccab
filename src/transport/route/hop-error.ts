import {
  AbortedError,
  AuthenticationError,
  ConnectionClosedError,
  DeviceTimeoutError,
  HostKeyError,
  NegotiationError,
  OptionError,
  RollcallError,
  UnreachableError,
} from '../../base/index.js';
import type { JumpHost } from '../target.js';

/** How a jump host is called in messages: as its user calls it, whatever ssh_config makes of the name. */
export function nameOf({ host, port }: JumpHost): string {
  return port === undefined ? host : addressed(host, port);
}

export function addressed(host: string, port: number): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

const KINDS = [
  UnreachableError,
  NegotiationError,
  HostKeyError,
  AuthenticationError,
  DeviceTimeoutError,
  ConnectionClosedError,
] as const;

/**
 * Returns an error of the same class, code and phase that says at which host on the way it happened. It is another one
 * at each call: many sessions may wait for one connection, and each puts its own words in front of the message.
 */
export function errorOnTheWay(where: string, error: Error): Error {
  if (error instanceof AbortedError) return new AbortedError(error.message, { phase: error.phase, cause: error });
  const at = wayPointOf(error) ?? where;
  const message = wayPointOf(error) === undefined ? `${where}: ${ofAHost(error.message)}` : error.message;
  if (!(error instanceof RollcallError)) {
    return new ConnectionClosedError('closed', message, { phase: 'connect', cause: error, details: { at } });
  }
  const context = { phase: error.phase, cause: error, details: { ...error.details, at } };
  if (error instanceof OptionError) return new OptionError(message, context);
  const Kind = KINDS.find((kind) => error instanceof kind) ?? RollcallError;
  return new Kind(error.code, message, context);
}

/** The host on the way that an error speaks of; undefined where it is the device itself. */
export function wayPointOf(error: unknown): string | undefined {
  const at = error instanceof RollcallError ? error.details?.at : undefined;
  return typeof at === 'string' ? at : undefined;
}

/** What opens an SSH connection speaks of a device: here the host is named in front. */
const ofAHost = (message: string): string => message.replaceAll(/\bthe device\b/g, 'it');
