import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

export const root = path.join(import.meta.dirname, '..', '..');

export type Import = { file: string; line: number; target: string; typeOnly: boolean };

/** Every file under a folder, by its path from the root, with `/` between. */
export function filesUnder(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .sort();
}

/** What a file imports, re-exports, loads later or names in a type: a package by its name, a file by its path from the root. */
export function importsOf(file: string): Import[] {
  const source = readFileSync(path.join(root, file), 'utf8');
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} can't be parsed: ${errors[0]?.message}`);
  const imports: Import[] = [];
  const add = (node: { start: number }, specifier: string, typeOnly: boolean) => {
    const line = source.slice(0, node.start).split('\n').length;
    imports.push({ file, line, target: targetOf(file, specifier), typeOnly });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node, node.source.value, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node, node.source.value, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node, node.source.value, node.exportKind === 'type');
    },
    ImportExpression: (node) => {
      if (node.source.type === 'Literal' && typeof node.source.value === 'string') add(node, node.source.value, false);
    },
    TSImportType: (node) => add(node, node.source.value, true),
  }).visit(program);
  return imports;
}

function targetOf(file: string, specifier: string): string {
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(file), specifier);
  const [first = '', second = ''] = specifier.split('/');
  return specifier.startsWith('@') ? `${first}/${second}` : first;
}
