import type { DeviceTask } from '#dist/runner/index.js';
import type { ConfigResponse, SessionTarget } from '#dist/session/index.js';

type Named = SessionTarget & { readonly name: string };
export const configure: DeviceTask<Named, { readonly lines: readonly string[] }, ConfigResponse>;
