import type { EvalCase } from '../../../server/domain/evaluation-set.ts';
import type { RunId } from '../../../server/domain/ids.ts';
import { defaultRunSettings } from '../../../server/domain/run.ts';
import type { Outcome } from '../../../server/domain/scorer.ts';
import { seededRandom } from '../../../server/domain/seeded-order.ts';
import { openDatabase } from '../../../server/storage/database.ts';
import type { FinishedItem } from '../../../server/storage/result-row.ts';
import { createStores, type Stores } from '../../../server/storage/stores.ts';
import { pick, reviewText } from './text.ts';

const labels = ['positive', 'negative', 'neutral'];
const tags = Array.from({ length: 24 }, (_, index) => `topic-${index + 1}`);
const failures = [
  ['rate_limited', 'The server answered 429 six times in a row.'],
  ['timeout', 'No reply within 60 s.'],
  ['server_error', 'The server answered 503: overloaded.'],
] as const;
const categories = ['sarcasm', 'mixed feelings'];
/** What iterations of a project are made of: some names are long, as people's are. */
const models = [
  'openai/gpt-5-mini',
  'openai/gpt-5-nano-2026-08-07',
  'ollama/qwen3:0.6b-instruct-q4_K_M',
  'lm-studio/本地部署的情感分析模型-第二版-量化',
  'vllm/a-model-with-a-name-that-nobody-would-type-twice-2026-11-30',
];
const RUNS_OF_VERSION = 8;
const owner = 'elsewhere:1:bench';
const BATCH = 500;

export type Sizes = { cases: number; runs: number; casesOfEach: number };
export type Seeded = { long: RunId; second: RunId; manyRuns: string };

/** Two runs over one large set, and a project of many runs over a small one, written by the stores as imports and runs write them. */
export async function seedWorkbench(folder: string, sizes: Sizes): Promise<Seeded> {
  const { database } = await openDatabase(folder);
  const stores = createStores(database);
  try {
    const random = seededRandom(20_261_124);
    const large = await seedSet(stores, 'Long runs', sizes.cases, random);
    const long = await seedRun(stores, large, random, { passRate: 0.8, spoken: true });
    const second = await seedRun(stores, large, random, { passRate: 0.82, spoken: true });
    await seedReviews(stores, long);
    const small = await seedSet(stores, 'Many runs', sizes.casesOfEach, random);
    for (let index = 0; index < sizes.runs; index += 1) {
      const version = await versionAt(stores, small, Math.floor(index / RUNS_OF_VERSION));
      const passRate = 0.6 + (0.3 * index) / sizes.runs - 0.03 * (index % models.length);
      const model = models[index % models.length];
      await seedRun(stores, { ...small, version }, random, { passRate, spoken: false, model });
    }
    return { long, second, manyRuns: small.project.slug };
  } finally {
    await database.destroy();
  }
}

type SeededSet = Awaited<ReturnType<typeof seedSet>>;

async function seedSet(stores: Stores, name: string, size: number, random: () => number) {
  const project = await stores.projects.create(name);
  const prompt = await stores.prompts.create(project.id, 'Sentiment');
  const content = {
    messages: [{ role: 'user' as const, content: 'Positive, negative or neutral?\n\n{{review}}' }],
    parameters: {},
    responseFormat: { type: 'labels' as const, labels },
  };
  const draft = { content, note: '', author: '', parent: null };
  const { version } = await stores.prompts.addVersion(prompt.id, draft);
  const added = Array.from({ length: size }, (_, index) => ({
    key: `review-${index + 1}`,
    variables: { review: reviewText(random, random() < 0.3 ? 'zh' : 'en') },
    expected: pick(random, labels),
    tags: [...new Set([pick(random, tags), pick(random, tags)])],
    source: 'bench.csv',
    group: `customer-${Math.floor(index / 4)}`,
    split: random() < 0.8 ? ('dev' as const) : ('holdout' as const),
  }));
  const about = { name: 'Reviews', notes: '', holdoutShare: 0.2 };
  const { version: setVersion } = await stores.evalSets.createWithCases(project.id, about, added, {
    note: '',
    author: '',
  });
  return { project, prompt, version, setVersion, cases: await stores.evalSets.cases(setVersion) };
}

/** A version of the prompt with one more line; the first is the set's own. */
async function versionAt(stores: Stores, { prompt, version }: SeededSet, line: number) {
  if (line === 0) return version;
  const messages = [...version.content.messages, { role: 'user' as const, content: `Line ${line}.` }];
  const draft = { content: { ...version.content, messages }, note: '', author: '', parent: version.number };
  return (await stores.prompts.addVersion(prompt.id, draft)).version;
}

async function seedRun(
  stores: Stores,
  { project, version, setVersion, cases }: SeededSet,
  random: () => number,
  { passRate, spoken, model = 'openai/bench' }: { passRate: number; spoken: boolean; model?: string | undefined },
): Promise<RunId> {
  const { id } = await stores.runs.create({
    projectId: project.id,
    promptVersionId: version.id,
    evalSetVersionId: setVersion.id,
    model,
    standIn: false,
    parameters: {},
    scorers: [{ name: 'label', args: '', negate: false, weight: 1 }],
    settings: { ...defaultRunSettings, split: 'all' },
    total: cases.length,
    note: '',
    codeVersion: 'bench',
  });
  await stores.runs.claim(id, owner, 600_000);
  const scoring = await stores.runs.scoring(id);
  for (let at = 0; at < cases.length; at += BATCH) {
    const items = cases.slice(at, at + BATCH).map((item) => finished(item, random, passRate, spoken));
    await stores.results.add(id, owner, scoring.id, items);
  }
  await stores.runs.rest(id, owner, { status: 'completed', reason: '', wallMs: 60_000 });
  return id;
}

function finished(item: EvalCase, random: () => number, passRate: number, spoken: boolean): FinishedItem {
  const about = { caseId: item.id, repeat: 0, latencyMs: 200 * Math.exp(2 * random()), calls: 1 };
  if (random() < 0.02) {
    const [code, message] = pick(random, failures);
    return {
      attempt: 1,
      result: { ...about, type: 'error', failure: { code, message } },
      judgement: null,
      cache: null,
    };
  }
  const outcome: Outcome = random() < passRate ? 'passed' : random() < 0.85 ? 'failed' : 'no_answer';
  const expected = String(item.expected);
  const wrong = pick(
    random,
    labels.filter((label) => label !== expected),
  );
  const answer = outcome === 'no_answer' ? null : outcome === 'passed' ? expected : wrong;
  const reason = spoken ? `${reviewText(random, random() < 0.3 ? 'zh' : 'en')}\n` : '';
  const usage = { inputTokens: 60 + Math.floor(60 * random()), outputTokens: 1 + Math.floor(80 * random()) };
  return {
    attempt: 1,
    result: {
      ...about,
      type: 'reply',
      reply: {
        output: reason + (answer ?? 'I cannot say.'),
        finishReason: 'stop',
        usage: { ...usage, cachedInputTokens: 0 },
        costUsd: usage.inputTokens * 1e-7,
        fromCache: false,
        servedModel: 'bench-2026',
        confidence: null,
        notes: [],
      },
    },
    judgement: {
      outcome,
      value: outcome === 'passed' ? 1 : 0,
      scores: [
        {
          scorer: 'label',
          value: outcome === 'passed' ? 1 : 0,
          passed: outcome === 'passed',
          answer,
          explanation: answer === null ? 'No label was found.' : `Expected ${expected}.`,
        },
      ],
    },
    cache: null,
  };
}

async function seedReviews(stores: Stores, run: RunId): Promise<void> {
  const failed = await stores.results.find(run, { outcome: 'failed', limit: 300 });
  for (const [index, { result }] of failed.entries()) {
    const category = categories[index % categories.length] ?? '';
    await stores.reviews.add({ resultId: result.id, category, note: '', verdict: null, author: 'Bench' });
  }
}
