import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveForTest, type TestServer } from '../../fixtures/http.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

let test: TestWorkbench;
let server: TestServer;
beforeAll(async () => {
  test = await openTestWorkbench();
  server = await serveForTest(test.workbench);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

it('are listed by what they look at, with the files of one’s own', async () => {
  const { scorersDirectory } = test.workbench;
  expect(await server.call('GET /api/scorers', {})).toMatchObject({ files: [], directory: scorersDirectory });
  await mkdir(scorersDirectory);
  await writeFile(path.join(scorersDirectory, 'polite.js'), '/**\n * No insults,\n * please.\n */\nreturn true;');
  await writeFile(path.join(scorersDirectory, 'bare.js'), 'output.length > 3');
  await writeFile(path.join(scorersDirectory, 'not a name.js'), 'true');
  const { scorers, files } = await server.call('GET /api/scorers', {});
  expect(files).toEqual([
    { name: 'bare', description: '' },
    { name: 'polite', description: 'No insults, please.' },
  ]);
  const groups = scorers.map(({ group }) => group);
  expect([...new Set(groups)]).toEqual(groups.filter((group, at) => group !== groups[at - 1]));
  expect(scorers.find(({ name }) => name === 'json-schema')).toMatchObject({ group: 'structure', needs: null });
});

it('are checked as they are written', async () => {
  const check = (name: string, args: string, metric?: string) =>
    server.call('POST /api/scorers/check', { body: { name, args, ...(metric !== undefined && { metric }) } });
  expect(await check('regex', '^a+$')).toEqual({ problem: null });
  expect(await check('regex', '(')).toMatchObject({ problem: { code: 'scorer_argument_invalid' } });
  expect(await check('any-of', '["exact","absent"]')).toMatchObject({ problem: { code: 'scorer_missing' } });
  expect(await check('rubric', 'It is polite')).toEqual({ problem: null });
  expect(await check('exact', '', 'a:b')).toMatchObject({ problem: { code: 'scorer_metric_invalid' } });
});
