import {
  DEFAULTS_KEYS,
  DEVICE_KEYS,
  GROUP_KEYS,
  SERIAL_KEY,
  SERIAL_KEYS,
  SERIAL_WITHOUT_EFFECT,
  WITHOUT_EFFECT,
} from '../keys.js';
import type { Kinds } from '../kinds.js';
import { KEY_HELP, SERIAL_HELP } from './help.js';
import { described, keysSchema } from './keys-schema.js';
import { type JsonSchema, someSchema, textSchema } from './parts.js';

/** No space, and no sign that lists, globs and --where have a meaning for. */
const GROUP_NAME = '^[^\\u0000-*,;-?\\[-\\^`{-\\u007f]+$';

const definition = (name: string): JsonSchema => ({ $ref: `#/definitions/${name}` });

/** Returns what editors are told of an inventory: a JSON schema that is made of the tables that read one. */
export function inventorySchema(): JsonSchema {
  const part = { type: ['object', 'null'] };
  const devices = { type: 'array', items: definition('device') };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Inventory of rollcall',
    anyOf: [
      {
        type: 'object',
        properties: {
          $schema: { type: 'string' },
          defaults: {
            description: 'What holds for every device that is told nothing else.',
            anyOf: [definition('defaults'), devices],
          },
          groups: {
            description:
              'Groups of devices by their names. What a device says wins, then its groups in order, then the defaults.',
            anyOf: [
              {
                ...part,
                propertyNames: { pattern: GROUP_NAME, maxLength: 128 },
                additionalProperties: definition('group'),
              },
              devices,
            ],
          },
          devices: {
            description:
              'The devices by their names; a name is the host where there is no other. Or a list of devices.',
            anyOf: [{ ...part, additionalProperties: definition('namedDevice') }, devices],
          },
        },
        patternProperties: { '^(?:x-|\\.)': {} },
        additionalProperties: {
          description: 'A list of devices, or with an anchor (&name) values that devices share.',
          type: ['array', 'object', 'null'],
          items: definition('device'),
        },
      },
      devices,
      { type: 'null' },
    ],
    definitions: {
      device: partSchema('A device', DEVICE_KEYS, { groups: true, empty: false }),
      namedDevice: partSchema('A device', DEFAULTS_KEYS, { groups: true, empty: true }),
      group: partSchema('A group', GROUP_KEYS, { groups: true, empty: true }),
      defaults: partSchema('Defaults', DEFAULTS_KEYS, { groups: false, empty: true }),
      keys: allKeys(),
      secret: SECRET,
    },
  };
}

/** Which of all keys a mapping may have; each is described in one place. */
function partSchema(
  title: string,
  kinds: Kinds,
  { groups, empty }: { readonly groups: boolean; readonly empty: boolean },
): JsonSchema {
  const names = [...Object.keys(kinds), SERIAL_KEY, ...(groups ? ['groups'] : []), 'data', ...WITHOUT_EFFECT.keys()];
  return {
    title,
    type: empty ? ['object', 'null'] : 'object',
    properties: Object.fromEntries(names.map((name) => [name, definition(`keys/properties/${name}`)])),
    additionalProperties: false,
  };
}

/** Editors need not offer them; they are no mistake. */
function withoutEffect(keys: ReadonlyMap<string, string | undefined>): JsonSchema {
  const said = [...keys].map(([key, instead]) => {
    const see = instead === undefined ? '' : ` See ${instead}.`;
    return [
      key,
      { description: `Accepted for the sake of Python’s programs, and without effect.${see}`, deprecated: true },
    ];
  });
  return Object.fromEntries(said);
}

function allKeys(): JsonSchema {
  const serial = keysSchema(SERIAL_KEYS, { help: SERIAL_HELP, more: withoutEffect(SERIAL_WITHOUT_EFFECT) });
  const groups = someSchema(textSchema({ pattern: GROUP_NAME, maxLength: 128 }));
  const more = {
    [SERIAL_KEY]: described(serial, KEY_HELP[SERIAL_KEY]),
    groups: described(groups, KEY_HELP.groups),
    data: described({ type: ['object'] }, KEY_HELP.data),
    ...withoutEffect(WITHOUT_EFFECT),
  };
  return keysSchema({ ...DEVICE_KEYS, ...GROUP_KEYS }, { more });
}

const reference = (key: string, schema: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { [key]: schema },
  required: [key],
  additionalProperties: false,
});

/** A secret as it is, or where it is to be had: every form of `SecretReference`. */
const SECRET: JsonSchema = {
  title: 'A secret',
  description: 'The text itself, or where it is to be had.',
  anyOf: [
    textSchema({ pattern: '^[^\\u0000\\r\\n]*\\n?$' }),
    reference('env', textSchema({ description: 'The name of an environment variable.', minLength: 1 })),
    reference('command', {
      description: 'A program and its arguments; the first line that it prints is the secret.',
      type: 'array',
      items: textSchema(),
      minItems: 1,
    }),
    reference('prompt', textSchema({ description: 'What the person at the terminal is asked.', minLength: 1 })),
    reference('age', textSchema({ description: 'An age file in its armoured form.', minLength: 1 })),
    reference('keyring', {
      description: 'An entry of the system’s keyring.',
      anyOf: [
        textSchema({ minLength: 1 }),
        {
          type: 'object',
          properties: { service: textSchema(), account: textSchema({ minLength: 1 }) },
          required: ['account'],
          additionalProperties: false,
        },
      ],
    }),
  ],
};
