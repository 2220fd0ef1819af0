import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { scorers } from '../../evals/scorers/index.ts';
import { contract } from '../../server/http/contract/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const pages = [
  'README.md',
  'README.zh-CN.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...readdirSync(path.join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('the documentation', () => {
  it.each(pages)('%s links only to files that are there', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => match[1] ?? '');
    for (const target of targets)
      expect(() => read(path.join(path.dirname(page), target)), `${page} → ${target}`).not.toThrow();
  });

  it('describes every scorer, and no other', () => {
    const described = [...read('docs/scorers.md').matchAll(/^\| `([a-z0-9-]+)` \|/gm)].map((match) => match[1]);
    expect(described.sort()).toEqual(Object.keys(scorers).sort());
  });

  it('names the export formats', () => {
    const { format: formats } = contract['GET /api/projects/:project/prompts/:prompt/export'].query.shape;
    for (const format of formats.options) expect(read('docs/command-line.md')).toContain(`\`${format}\``);
  });

  it('names only operations of the HTTP interface', () => {
    const named = [...read('docs/programs.md').matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) \/api\/[^`]*)`/g)].map(
      (match) => match[1],
    );
    expect(named.length).toBeGreaterThan(2);
    for (const operation of named) expect(Object.keys(contract)).toContain(operation);
  });

  it('names only scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json'));
    for (const page of pages) {
      for (const [, name] of read(page).matchAll(/npm run (?:-s )?([a-z:-]+)/g))
        expect(scripts, `${page}: npm run ${name}`).toHaveProperty(name ?? '');
    }
  });

  it('has the same sections in both languages of the README', () => {
    const sections = (file: string) => read(file).match(/^## /gm)?.length;
    expect(sections('README.zh-CN.md')).toBe(sections('README.md'));
  });
});
