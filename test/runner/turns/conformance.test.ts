import type { Gate, Manners } from '#dist/runner/index.js';
import { credentialGate } from '#dist/runner/turns/credential-gate.js';
import { gatesOf } from '#dist/runner/turns/manners.js';
import { describeGate } from './gate-conformance.ts';

interface Placed {
  readonly name: string;
  readonly host: string;
  readonly groups: readonly string[];
  readonly route: { readonly jump: readonly { readonly host: string }[] };
}

const list: Placed[] = Array.from({ length: 4 }, (_, at) => ({
  ...{ name: `D${at}`, host: '192.0.2.1', groups: ['core', 'site'] },
  route: { jump: [{ host: 'jump.example' }] },
}));

/** The one gate that these options make beside the limit of one session per device. */
const only = (manners: Manners<Placed, unknown>): Gate<Placed> => {
  const limits = { perDevice: Number.POSITIVE_INFINITY, ...manners.limits };
  const [gate, other] = gatesOf({ ...manners, limits }, list.length);
  if (gate === undefined || other !== undefined) throw new Error('there must be one gate');
  return gate;
};

const GATES: Record<string, Manners<Placed, unknown>> = {
  'sessions in all': { limits: { sessions: 2 } },
  'sessions per device': { limits: { perDevice: 1 } },
  'sessions per bastion': { limits: { perBastion: 3 } },
  'sessions per group': { limits: { perGroup: { core: 3, site: 2 } } },
  'connects per second': { limits: { connectsPerSecond: 500 } },
  batches: { batches: [1, '50%'] },
};

for (const [name, manners] of Object.entries(GATES)) describeGate(name, { make: () => only(manners), devices: list });

const shared = Array.from({ length: 6 }, (_, at) => ({ name: `D${at}`, username: 'ops' }));
describeGate('a credential on trial', { make: () => credentialGate(shared), devices: shared });
