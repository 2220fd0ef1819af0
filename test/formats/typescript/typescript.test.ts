import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../server/domain/json.ts';
import type { Message, PromptContent } from '../../../server/domain/prompt.ts';
import { compilePrompt } from '../../../server/domain/template.ts';
import { exportPrompt } from '../../../server/formats/export-prompt.ts';
import { exportCases, exportMessages } from '../../exports/cases.ts';
import { exported, release } from '../prompt-arbitrary.ts';
import { jsonValues, template } from './template-arbitrary.ts';

type Module = { render(variables: JsonObject): Message[]; prompt: JsonObject };

const contentOf = (template: string): PromptContent => ({
  messages: [{ role: 'user', content: template }],
  parameters: {},
  responseFormat: { type: 'text' },
});
const written = (content: PromptContent, about = {}) =>
  exportPrompt('typescript', exported(content, { variables: compilePrompt(content).variables, ...about })).text;
const load = (text: string): Promise<Module> =>
  import(`data:text/javascript;base64,${Buffer.from(stripTypeScriptTypes(text)).toString('base64')}`);

/** What a rendering gives, or that it fails. */
function outcome(render: () => Message[]): Message[] | 'fails' {
  try {
    return render();
  } catch {
    return 'fails';
  }
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'whetstone-typescript-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Gives what the compiler complains of, with everything on that it has. */
async function compilerSays(files: Readonly<Record<string, string>>): Promise<string> {
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  const options = ['strict', 'noUncheckedIndexedAccess', 'exactOptionalPropertyTypes', 'noUnusedLocals'].concat([
    'noUnusedParameters',
    'noPropertyAccessFromIndexSignature',
    'noEmit',
    'erasableSyntaxOnly',
    'skipLibCheck',
  ]);
  const tsc = path.resolve(import.meta.dirname, '../../../node_modules/typescript/bin/tsc');
  const flags = ['--target', 'es2022', '--module', 'nodenext', '--types', '', '--ignoreConfig'];
  const names = Object.keys(files).map((name) => path.join(folder, name));
  const args = [tsc, ...options.map((name) => `--${name}`), ...flags, ...names];
  return promisify(execFile)(process.execPath, args).then(
    () => '',
    (error: { stdout: string }) => error.stdout,
  );
}

describe('a TypeScript module', () => {
  it('renders what the workbench renders, byte for byte, in 50 cases', async () => {
    const content = { ...contentOf(''), messages: exportMessages };
    const { render } = await load(written(content));
    const here = compilePrompt(content);
    expect(exportCases).toHaveLength(50);
    for (const variables of exportCases) expect(render(variables)).toEqual(here.render(variables));
  });

  it('renders any template as Handlebars does, and fails where it fails', { timeout: 120_000 }, async () => {
    const cases = fc.array(jsonValues, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(template, cases, async (text, given) => {
        const content = contentOf(text);
        const here = compilePrompt(content);
        const module = await load(written(content));
        for (const variables of given)
          expect(outcome(() => module.render(variables))).toEqual(outcome(() => here.render(variables)));
      }),
      { numRuns: 400 },
    );
  });

  it('passes the compiler with all it can complain of', async () => {
    const contents: PromptContent[] = [
      ...fc.sample(template, { numRuns: 40, seed: 7 }).map(contentOf),
      contentOf('no variables'),
      contentOf('{{! only a note }}'),
      { ...contentOf('{{review}}'), responseFormat: { type: 'labels', labels: ['it\'s "good"', '差评'] } },
      { ...contentOf('text frame1 each( {{items}}'), messages: exportMessages },
    ];
    const files = Object.fromEntries(contents.map((content, index) => [`m${index}.ts`, written(content)]));
    expect(await compilerSays(files)).toBe('');
  }, 60_000);

  it('has types that let a compiler find a missing variable, a wrong one and an answer that is none', async () => {
    const content: PromptContent = {
      ...contentOf('{{review}} {{#if hint}}{{hint}}{{/if}}{{#each list}}{{this}}{{/each}}'),
      responseFormat: { type: 'labels', labels: ['good', 'bad'] },
    };
    const use = `import { type Answer, prompt, render } from './module.ts';
export const right = render({ review: 'x', list: [1, { a: null }] });
export const answer: Answer = 'good';
export const version: 2 = prompt.version;
// @ts-expect-error review is missing
render({ list: [] });
// @ts-expect-error a list is no text
render({ review: [], list: [] });
// @ts-expect-error not a label
export const wrong: Answer = 'other';
`;
    expect(await compilerSays({ 'module.ts': written(content), 'use.ts': use })).toContain(
      'allowImportingTsExtensions',
    );
    const plain = use.replace('./module.ts', './module.js');
    expect(await compilerSays({ 'module.ts': written(content), 'use.ts': plain })).toBe('');
  }, 60_000);

  it('names what is missing', async () => {
    const { render } = await load(written(contentOf('{{review}}')));
    expect(() => render({})).toThrow('The variable "review" is missing.');
  });

  it('says which release it is, and on what evidence', async () => {
    const text = written(contentOf('{{review}}'), { release });
    expect(text).toContain(`// Release 4, evidence SHA-256 ${'e'.repeat(64)}.`);
    const { prompt } = await load(text);
    expect(prompt).toMatchObject({
      version: 2,
      model: 'openai/gpt-5-mini',
      release: { number: 4, evidenceDigest: 'e'.repeat(64) },
    });
    expect(written(contentOf('{{review}}'))).toContain('; not released.');
  });

  it('has the answer of a JSON schema as a type', () => {
    const schema = {
      type: 'object',
      properties: { mood: { enum: ['good', 'bad'] }, scores: { type: 'array', items: { type: ['integer', 'null'] } } },
      required: ['mood'],
    };
    expect(written({ ...contentOf('x'), responseFormat: { type: 'json', schema } })).toContain(
      'export type Answer = { readonly "mood": "good" | "bad"; readonly "scores"?: readonly (number | null)[] };',
    );
  });

  it.each(['{{#if a b}}x{{/if}}', '{{json}}', 'line\n{{#default x "y"}}z{{/default}}', '{{#items}}x{{/items}}'])(
    'refuses what no rendering survives, with its line: %s',
    (template) => {
      const line = template.split('\n').length;
      expect(() => written(contentOf(template))).toThrow(
        expect.objectContaining({ code: 'typescript_not_possible', details: { message: 0, line } }),
      );
    },
  );
});
