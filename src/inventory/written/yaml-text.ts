import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import type { NativeInventory } from './native.js';

// Loaded when an inventory is written: few programs write one.
const require = createRequire(import.meta.url);
const yaml = (): typeof Yaml => require('yaml') as typeof Yaml;

/** How long a mapping may be that stands on one line. */
const LONGEST_LINE = 80;

/** What a reader would change: a block loses its last line break, and `<<` merges. */
const TO_QUOTE = /^<<$|\n$|[\0-\x08\x0b-\x1f\x7f-\x9f]/;

/** Returns the text of a file with this inventory: texts stay texts when they are read, and short mappings stand on one line. */
export function nativeYaml({ defaults, groups, devices }: NativeInventory, comment?: string): string {
  const { Document, isMap, isScalar, visit } = yaml();
  const content = { ...(defaults && { defaults }), ...(groups.size > 0 && { groups }), devices };
  const document = new Document(content, { aliasDuplicateObjects: false });
  if (comment !== undefined) document.commentBefore = ` ${comment}`;
  visit(document, {
    Scalar: (_key, node) => {
      if (typeof node.value === 'string' && TO_QUOTE.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
    Seq: (_key, node) => {
      if (node.items.every(isScalar) && JSON.stringify(node.toJSON()).length <= LONGEST_LINE) node.flow = true;
    },
    Map: (_key, node, path) => {
      // Above it stand the document, its mapping, `devices`, the mapping of the names, and one name.
      if (path.length < 5 || node.items.some(({ value }) => isMap(value))) return;
      if (JSON.stringify(node.toJSON()).length <= LONGEST_LINE) node.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, nullStr: '~' });
}

/** The same as JSON, with a device a line. */
export function nativeJson({ defaults, groups, devices }: NativeInventory): string {
  const mapping = (parts: NativeInventory['devices']): string => {
    const lines = [...parts].map(([name, part]) => `    ${JSON.stringify(name)}: ${JSON.stringify(part)}`);
    return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n  }`;
  };
  const sections = [
    ...(defaults === undefined ? [] : [`  "defaults": ${JSON.stringify(defaults)}`]),
    ...(groups.size === 0 ? [] : [`  "groups": ${mapping(groups)}`]),
    `  "devices": ${mapping(devices)}`,
  ];
  return `{\n${sections.join(',\n')}\n}\n`;
}
