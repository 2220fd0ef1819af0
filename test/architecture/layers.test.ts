import { describe, expect, test } from 'vitest';
import { filesUnder, type Import, importsOf } from './source-files.ts';

/** What each layer may import beside itself: the layers below it, never one beside or above it. */
const BELOW: Record<string, string[]> = {
  'server/domain': [],
  'evals/scorers': ['server/domain'],
  'server/formats': ['server/domain'],
  'server/storage': ['server/domain'],
  'server/providers': ['server/domain'],
  'server/services': ['server/domain', 'evals/scorers', 'server/formats', 'server/storage', 'server/providers'],
  'server/http/contract': ['server/domain'],
};
BELOW['server/http'] = [...Object.keys(BELOW)];
BELOW['server/cli'] = Object.keys(BELOW).filter((layer) => !layer.startsWith('server/http'));
BELOW['server/main.ts'] = Object.keys(BELOW);
BELOW.web = ['server/http/contract'];

/** Packages that one layer keeps to itself. */
const OWNERS: Record<string, string> = {
  kysely: 'server/storage',
  'better-sqlite3': 'server/storage',
  openai: 'server/providers',
  express: 'server/http',
  commander: 'server/cli',
};

const files = ['server', 'evals', 'web'].flatMap(filesUnder).filter((file) => /\.tsx?$/.test(file));
const imports = files.flatMap(importsOf);

/** The most specific layer that a path lies in. */
function layerOf(file: string): string | undefined {
  const layers = Object.keys(BELOW).filter((layer) => file === layer || file.startsWith(`${layer}/`));
  return layers.sort((a, b) => b.length - a.length)[0];
}

const isOurs = ({ target }: Import) => /^(server|evals|web)\//.test(target);
const told = ({ file, line, target, typeOnly }: Import) =>
  `${file}:${line} imports ${target}${typeOnly ? ' (types)' : ''}`;

describe('layers', () => {
  test('the imports were seen', () => {
    expect(files.length).toBeGreaterThan(150);
    expect(imports.filter(isOurs).length).toBeGreaterThan(500);
    for (const [layer, below] of Object.entries(BELOW)) {
      const seen = imports.filter((item) => isOurs(item) && layerOf(item.file) === layer);
      expect(seen.length, layer).toBeGreaterThan(below.length > 0 ? 1 : 0);
    }
  });

  test('every file has one', () => {
    expect(files.filter((file) => layerOf(file) === undefined)).toEqual([]);
  });

  test('each imports only what is below it', () => {
    const against = imports.filter(isOurs).filter((item) => {
      const [from, to] = [layerOf(item.file), layerOf(item.target)];
      return from !== to && !(from !== undefined && to !== undefined && BELOW[from]?.includes(to));
    });
    expect(against.map(told)).toEqual([]);
  });

  test('the pages take only types from the server', () => {
    const against = imports.filter(
      ({ file, target, typeOnly }) =>
        file.startsWith('web/') && !target.startsWith('web/') && /^(server|evals)\//.test(target) && !typeOnly,
    );
    expect(against.map(told)).toEqual([]);
  });

  test('nothing but tests reaches for tests, scripts or the built package', () => {
    expect(imports.filter(({ target }) => /^(test|scripts|dist|bin)\//.test(target)).map(told)).toEqual([]);
  });

  test.each(Object.entries(OWNERS))('%s is used in %s alone', (name, owner) => {
    const users = imports.filter(({ target }) => target === name);
    expect(users.length).toBeGreaterThan(0);
    expect(users.filter(({ file }) => !file.startsWith(`${owner}/`)).map(told)).toEqual([]);
  });

  test('the domain does no I/O', () => {
    const pure = ['node:crypto', 'node:path', 'node:util'];
    const outside = imports.filter(
      ({ file, target }) => file.startsWith('server/domain/') && target.startsWith('node:') && !pure.includes(target),
    );
    expect(outside.map(told)).toEqual([]);
  });
});
