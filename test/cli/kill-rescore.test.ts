import { afterEach, expect, it } from 'vitest';
import { type CompatibleServer, startCompatibleServer } from '../fixtures/compatible-server.ts';
import { type CommandLine, openCommandLine } from './command-line.ts';

const size = 60;
let server: CompatibleServer;
let line: CommandLine;
afterEach(() => Promise.all([server.close(), line.remove()]));

it('a scoring that is killed counts for nothing, and goes on where it was', async () => {
  let delayMs = 0;
  const judged = () => server.requests.filter(({ body }) => JSON.stringify(body).includes('<criterion')).length;
  server = await startCompatibleServer({
    answer: ({ content }) =>
      content.includes('<criterion')
        ? JSON.stringify({ reasoning: 'Fine.', verdict: 'pass' })
        : `positive, as ${content}`,
    delayMs: () => delayMs,
  });
  line = await openCommandLine({ OPENAI_BASE_URL: server.baseUrl });
  const rows = Array.from(
    { length: size },
    (_, index) => `{"id":"c${index}","input":"Review ${index}","expected":"no"}`,
  );
  await line.json('project', 'create', 'Reviews');
  const file = await line.file('all.jsonl', rows.join('\n'));
  await line.json('evals', 'import', file, '--project', 'reviews', '--set', 'all');
  const prompt = await line.file('sentiment.txt', 'Positive or negative? {{input}}');
  await line.json('prompts', 'add', prompt, '--project', 'reviews', '--prompt', 'sentiment');
  const whole = ['--project', 'reviews', '--prompt', 'sentiment', '--set', 'all', '--model', 'openai/test'];
  await line.json('run', ...whole, '--split', 'all', '--scorer', 'contains:no');
  delayMs = 150;
  const rubric = ['--scorer', 'rubric:It answers', '--judge-model', 'openai/test'];
  const scoring = line.start('runs', 'rescore', '1', ...rubric);
  await expect.poll(judged, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0);
  scoring.process.kill('SIGKILL');
  await scoring.ended;
  expect(await line.json('runs', 'scorings', '1')).toMatchObject({ scorings: [{ number: 1, counts: true }] });
  expect(await line.json('runs', 'show', '1')).toMatchObject({ passed: 0, failed: size });
  delayMs = 0;
  expect(await line.json('runs', 'rescore', '1', '--resume')).toMatchObject({ passed: size, failed: 0 });
  expect(await line.json('runs', 'scorings', '1', '--count', '1')).toMatchObject({
    scorings: [
      { number: 2, counts: false, passRate: 1 },
      { number: 1, counts: true, passRate: 0 },
    ],
  });
}, 120_000);
