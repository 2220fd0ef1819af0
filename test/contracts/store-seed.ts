import type { EvalCase, EvalSet, EvalSetVersion } from '../../server/domain/evaluation-set.ts';
import type { RunId } from '../../server/domain/ids.ts';
import type { Project } from '../../server/domain/project.ts';
import type { Prompt, PromptContent, PromptVersion } from '../../server/domain/prompt.ts';
import type { Reply } from '../../server/domain/result.ts';
import { defaultRunSettings, type Run } from '../../server/domain/run.ts';
import type { Outcome } from '../../server/domain/scorer.ts';
import type { Scoring } from '../../server/domain/scoring.ts';
import type { Split } from '../../server/domain/split.ts';
import type { NewCase } from '../../server/storage/eval-set-change.ts';
import type { FinishedItem } from '../../server/storage/result-row.ts';
import type { JudgedOutput } from '../../server/storage/scoring-store.ts';
import type { Stores } from '../../server/storage/stores.ts';

export const content = (text: string): PromptContent => ({
  messages: [{ role: 'user', content: text }],
  parameters: {},
  responseFormat: { type: 'text' },
});

export const newCase = (key: string, more: Partial<NewCase> = {}): NewCase => ({
  key,
  variables: { review: `Review ${key}` },
  expected: 'positive',
  tags: [],
  source: 'import',
  split: 'dev',
  ...more,
});

export type Seed = {
  project: Project;
  prompt: Prompt;
  version: PromptVersion;
  set: EvalSet;
  setVersion: EvalSetVersion;
  cases: EvalCase[];
  run: Run;
};

/** A project with a prompt version, a set of one case a given split and a queued run of both. */
export async function seed(stores: Stores, splits?: readonly Split[]): Promise<Seed> {
  const seeded = await seedSet(stores, splits);
  return { ...seeded, run: await stores.runs.create(newRun(seeded)) };
}

/** The same without a run. */
export async function seedSet(
  stores: Stores,
  splits: readonly Split[] = ['dev', 'dev', 'holdout'],
): Promise<Omit<Seed, 'run'>> {
  const project = await stores.projects.create('Reviews');
  const prompt = await stores.prompts.create(project.id, 'Sentiment');
  const draft = { content: content('{{review}}'), note: '', author: '', parent: null };
  const { version } = await stores.prompts.addVersion(prompt.id, draft);
  const { set, version: setVersion } = await stores.evalSets.createWithCases(
    project.id,
    { name: 'Dinner', notes: '', holdoutShare: 0.3 },
    splits.map((split, index) => newCase(`c${index + 1}`, { split })),
    { note: '', author: '' },
  );
  const cases = await stores.evalSets.cases(setVersion);
  return { project, prompt, version, set, setVersion, cases };
}

export const newRun = (
  { project, version, setVersion, cases }: Omit<Seed, 'run'>,
  more: { repeats?: number } = {},
) => ({
  projectId: project.id,
  promptVersionId: version.id,
  evalSetVersionId: setVersion.id,
  model: 'openai/test-model',
  standIn: false,
  parameters: { temperature: 0 },
  scorers: [{ name: 'exact', args: '', negate: false, weight: 1 }],
  settings: { ...defaultRunSettings, ...more },
  total: cases.length * (more.repeats ?? 1),
  note: 'first',
  codeVersion: '0.0.0',
});

/** The one that executes runs in these tests; on no machine that is known, so only its lease counts. */
export const owner = 'elsewhere:1:owner';
export const leaseMs = 60_000;

export const reply = (more: Partial<Reply> = {}): Reply => ({
  output: 'positive',
  finishReason: 'stop',
  usage: { inputTokens: 10, outputTokens: 2, cachedInputTokens: 4 },
  costUsd: 0.001,
  fromCache: false,
  servedModel: 'test-model-2026',
  confidence: 0.75,
  notes: ['a note'],
  ...more,
});

type Item = Pick<EvalCase, 'id'>;
export const answered = (
  item: Item,
  outcome: Outcome,
  more: { reply?: Partial<Reply>; repeat?: number; attempt?: number; latencyMs?: number; cacheKey?: string } = {},
): FinishedItem => ({
  attempt: more.attempt ?? 1,
  result: {
    caseId: item.id,
    repeat: more.repeat ?? 0,
    latencyMs: more.latencyMs ?? 100,
    calls: 1,
    type: 'reply',
    reply: reply(more.reply),
  },
  judgement: {
    outcome,
    value: outcome === 'no_answer' ? null : outcome === 'passed' ? 1 : 0,
    scores: [{ scorer: 'exact', value: 1, passed: outcome === 'passed', answer: 'positive', explanation: 'why' }],
  },
  cache: more.cacheKey === undefined ? null : { key: more.cacheKey, response: `{"for":"${more.cacheKey}"}` },
});

export const failed = (item: Item, more: { attempt?: number; repeat?: number } = {}): FinishedItem => ({
  attempt: more.attempt ?? 1,
  result: {
    caseId: item.id,
    repeat: more.repeat ?? 0,
    latencyMs: 5000,
    calls: 4,
    type: 'error',
    failure: { code: 'timeout', message: 'no reply within 60 s' },
  },
  judgement: null,
  cache: null,
});

/** Takes the seeded run and stores results of it. */
export async function store(stores: Stores, { run }: Seed, items: readonly FinishedItem[]): Promise<void> {
  await stores.runs.claim(run.id, owner, leaseMs);
  const scoring = await stores.runs.scoring(run.id);
  await stores.results.add(run.id, owner, scoring.id, items);
}

/** Adds a scoring with these judgements, which counts from then on; the run rests. */
export async function rescore(
  stores: Stores,
  run: RunId,
  scoring: Scoring,
  judged: readonly JudgedOutput[],
): Promise<void> {
  const { scorings } = stores;
  await stores.runs.rest(run, owner, { status: 'completed', reason: '', wallMs: 1 });
  const id = await scorings.begin(run, scoring, { owner, leaseMs });
  await scorings.add(id, owner, judged);
  const [last] = (await stores.results.page(run)).slice(-1);
  await scorings.finish(id, owner, run, last?.result.id ?? 0);
}
