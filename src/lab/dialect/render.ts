import type { RenderData } from './config-data.js';
import type { Node } from './tree.js';

/** Returns a configuration as the OS shows it. */
export function render(tree: Node, { style, indent = 1, between, verb = 'set' }: RenderData): string[] {
  switch (style) {
    case 'indented':
      return indented(tree, { step: ' '.repeat(indent), between });
    case 'braces':
      return braces(tree, ' '.repeat(indent));
    case 'set':
      return leaves(tree).map((words) => [...(verb === '' ? [] : [verb]), ...words].join(' '));
    case 'menus':
      return menus(tree);
  }
}

function indented(tree: Node, { step, between }: { step: string; between: string | undefined }): string[] {
  const section = (node: Node, margin: string): string[] => [
    margin + node.text,
    ...node.children.flatMap((child) => section(child, margin + step)),
    ...(node.section && node.closes !== undefined ? [margin + node.closes] : []),
  ];
  return tree.children.flatMap((node) => [
    ...section(node, ''),
    ...(between !== undefined && node.section ? [between] : []),
  ]);
}

function braces(tree: Node, step: string): string[] {
  return tree.children.flatMap((node) => {
    if (!node.section) return [`${node.text};`];
    if (node.children.length === 0) return [`${node.text};`];
    return [`${node.text} {`, ...braces(node, step).map((line) => step + line), '}'];
  });
}

function leaves(tree: Node): string[][] {
  return tree.children.flatMap((node) => {
    if (node.children.length === 0) return [[node.text]];
    return leaves(node).map((words) => [node.text, ...words]);
  });
}

function menus(tree: Node, path: readonly string[] = []): string[] {
  return tree.children.flatMap((node) => {
    if (!node.section) return [];
    const here = [...path, node.text];
    const own = node.children.filter((child) => !child.section).map(({ text }) => text);
    return [...(own.length > 0 ? [here.join(' '), ...own] : []), ...menus(node, here)];
  });
}

/** What is in one and not in the other, line by line, in the style `set`. */
export function changes(before: Node, after: Node): string[] {
  const plain = { style: 'set', verb: '' } as const;
  const [old, now] = [render(before, plain), render(after, plain)];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}
