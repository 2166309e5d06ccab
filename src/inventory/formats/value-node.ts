import { Secret } from '../../base/index.js';
import type { Entry, Look, TreeNode } from '../node.js';
import type { Problems } from '../problems.js';

const DEEPEST = 100;
const BROKEN: Look = { kind: 'broken' };

/**
 * Returns the node for a value that a program has made: objects and arrays, texts, numbers, truth values, Secrets. What
 * else is in it is reported with its path.
 */
export function openValue(value: unknown, file: string, problems: Problems): TreeNode {
  const paths: string[] = [];
  const base = problems.addValue(file, (place) => paths[place] ?? '');

  const nodeOf = (of: unknown, path: string, depth: number): TreeNode => {
    if (of === null || of === undefined) return null;
    const at = base + paths.push(path) - 1;
    return new ValueNode(of, at, () => lookAt(of, { path, depth, at }));
  };
  const lookAt = (of: unknown, place: Place): Look => {
    const refuse = (what: string): Look => {
      problems.report(place.at, what);
      return BROKEN;
    };
    if (typeof of === 'string') return { kind: 'text', text: of, plain: false };
    if (typeof of === 'number' || typeof of === 'bigint' || typeof of === 'boolean') {
      return { kind: 'text', text: String(of), plain: true };
    }
    if (Secret.is(of)) return { kind: 'text', text: of.reveal(), plain: false };
    if (place.depth > DEEPEST) return refuse('nested too deeply: an object that holds itself?');
    if (Array.isArray(of)) {
      const items = of as readonly unknown[];
      return {
        kind: 'list',
        items: items.map((one, index) => nodeOf(one, `${place.path}[${index}]`, place.depth + 1)),
      };
    }
    if (typeof of !== 'object' || of === null) return refuse(`expected plain data, got a ${typeof of}`);
    const prototype: unknown = Object.getPrototypeOf(of);
    if (!isPlain(prototype)) return refuse(`expected plain data, got ${className(of)}`);
    return { kind: 'map', entries: entriesOf(of, place) };
  };
  const entriesOf = (of: object, { path, depth, at }: Place): readonly Entry[] =>
    Object.entries(of)
      .filter(([, one]) => one !== undefined)
      .map(([key, one]): Entry => {
        const inside = /^[A-Za-z_$][\w$]*$/.test(key) ? `${path === '' ? '' : `${path}.`}${key}` : `${path}[…]`;
        const node = nodeOf(one, inside, depth + 1);
        const keyAt = node?.at ?? base + paths.push(inside) - 1;
        return { key, keyAt, value: node, valueAt: node?.at ?? at };
      });

  return nodeOf(value, '', 0);
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly at: number;
}

class ValueNode {
  readonly anchored = false;
  readonly #look: () => Look;

  constructor(
    value: unknown,
    readonly at: number,
    look: () => Look,
  ) {
    this.hollow = value === '';
    this.#look = look;
  }

  readonly hollow: boolean;

  look(): Look {
    return this.#look();
  }
}

/** An object of this or another realm, or one without a prototype; a module's namespace has none either. */
function isPlain(prototype: unknown): boolean {
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(of: object): string {
  const named: unknown = of.constructor;
  return typeof named === 'function' && named.name !== '' ? `an object of class ${named.name}` : 'an object of a class';
}
