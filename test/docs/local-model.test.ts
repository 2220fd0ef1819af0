import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { sampleTask } from '../../scripts/local-model/tasks.ts';
import { knownModels } from '../../server/providers/local/catalogue.ts';

const root = path.resolve(import.meta.dirname, '../..');
const page = readFileSync(path.join(root, 'docs', 'local-model.md'), 'utf8');
const sections = new Map(page.split(/^## /m).map((text) => [text.split('\n')[0] ?? '', text]));
/** Rows of a section's tables, without their heads. */
const rowsOf = (section: string) =>
  (sections.get(section) ?? '')
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) => line.split(' | '));

describe('docs/local-model.md', () => {
  it('says the command that makes it, and when it did', () => {
    expect(page).toMatch(/Made on \d{4}-\d\d-\d\d by `npm run local-model -- .*--write`/);
  });

  it.each(knownModels.map((model) => [model.name, model] as const))(
    'has %s with its terms and sizes',
    (name, model) => {
      const row = rowsOf('The models')
        .find(([cell]) => cell?.includes(`\`local/${name}\``))
        ?.join(' | ');
      expect(row).toContain(model.title);
      expect(row).toContain(model.terms?.title ?? model.facts.licence ?? '');
      expect(row).toContain(`${Math.round(model.bytes / 1e6)} MB`);
      expect(row).toContain(`${Math.round(model.memoryBytes / 1e6).toLocaleString('en')} MB`);
    },
  );

  it('has every version of the sample on dev, and those that it names on holdout, for each measured model', async () => {
    const { versions } = await sampleTask();
    const expected = versions.flatMap(({ holdout }, index) => [
      `${index + 1} dev`,
      ...(holdout ? [`${index + 1} holdout`] : []),
    ]);
    const measured = rowsOf('Restaurant reviews').filter((cells) => /\]?, n \d+$/.test(cells[3] ?? ''));
    const models = new Set(measured.map(([model]) => model));
    expect(models.size).toBeGreaterThan(0);
    for (const model of models) {
      const runs = measured.filter(([name]) => name === model).map((cells) => `${cells[1]} ${cells[2]}`);
      expect(runs.sort()).toEqual([...expected].sort());
    }
  });

  it('gives n and the interval with every rate and every difference', () => {
    const tables = page.split('\n').filter((line) => line.startsWith('| `local/'));
    const figures = tables.flatMap((line) => line.split(' | ')).filter((cell) => /\d (?:%|points)/.test(cell));
    const rate = /^\d+\.\d % \[\d+\.\d–\d+\.\d %\], n \d+$/;
    const difference = /^[−+]\d+\.\d points \[[−+]\d+\.\d to [−+]\d+\.\d points\], n \d+$/;
    const smallest = /^can't tell, detectable \+\d+\.\d points$/;
    expect(figures.length).toBeGreaterThan(10);
    for (const figure of figures.map((cell) => cell.replace(/ \|$/, '')))
      expect(
        [rate, difference, smallest].some((form) => form.test(figure)),
        figure,
      ).toBe(true);
    const outside = page.replace(/^\|.*$/gm, '').match(/(?<![–\d.])\d+\.\d %(?! \[)/g) ?? [];
    expect(outside).toEqual([]);
  });

  it('says which model is the default, and why', () => {
    expect(sections.get('The default')).toMatch(/is better than|is worse than|can't tell|Only one model/);
  });
});
