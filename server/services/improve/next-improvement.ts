import { caseLabel, caseText } from '../../domain/evaluation-set.ts';
import type { RunId } from '../../domain/ids.ts';
import { inputLanguage, inputLanguages } from '../../domain/input-language.ts';
import {
  nextImprovement as adviseOn,
  type FailureSign,
  type Improvement,
  type ImprovementFacts,
} from '../../domain/next-improvement.ts';
import { exampleCount } from '../../domain/prompt.ts';
import type { Run } from '../../domain/run.ts';
import { parseScorerSpec } from '../../domain/scorer-spec.ts';
import { seededOrder } from '../../domain/seeded-order.ts';
import type { JudgedResult } from '../../storage/result-row.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

/** Failures that are looked at for what they share. */
const LOOKED_AT = 500;
/** Answers that passed, to tell what is usual. */
const USUAL = 200;

/** What to try next by the largest category of a run's failures; null where nothing failed. Throws `run_missing`. */
export async function nextImprovement({ stores }: Stores, id: RunId): Promise<Improvement | null> {
  const run = await stores.runs.get(id);
  return adviseOn(await factsOf({ stores }, run));
}

async function factsOf({ stores }: Stores, run: Run): Promise<ImprovementFacts> {
  const { n, total } = await stores.runs.summary(run.id);
  const { cases, categories } = await stores.categories.ofRun(run.id);
  const sorted = categories.filter(({ category }) => category !== '');
  const { content } = await stores.prompts.getVersion(run.promptVersionId);
  return {
    categories: sorted,
    unsorted: categories.find(({ category }) => category === '')?.cases ?? (sorted.length === 0 ? cases : 0),
    n,
    signs: await signsOf({ stores }, run.id, sorted[0]?.category),
    languages: await languagesOf({ stores }, run.id),
    passedInputTokens: await usualInput({ stores }, run.id),
    prompt: {
      format: content.responseFormat.type,
      examples: exampleCount(content),
      maxTokens: run.parameters.maxTokens ?? content.parameters.maxTokens ?? null,
    },
    errors: Object.entries(await stores.results.errorCounts(run.id)).map(([code, count]) => ({ code, count })),
    total,
  };
}

/** Drawn at random where there are many. */
async function signsOf({ stores }: Stores, run: RunId, category: string | undefined): Promise<FailureSign[]> {
  const ids =
    category === undefined ? await stores.categories.unsorted(run) : await stores.categories.sorted(run, { category });
  const drawn = seededOrder(ids, run).slice(0, LOOKED_AT);
  return (await stores.results.page(run, { ids: drawn })).map(signOf);
}

function signOf({ result, case: item, judgement }: JudgedResult): FailureSign {
  const scores = judgement?.scores ?? [];
  return {
    outcome: judgement?.outcome === 'no_answer' ? 'no_answer' : 'failed',
    finishReason: result.type === 'reply' ? result.reply.finishReason : null,
    expected: caseLabel(item.expected),
    answer: scores[0]?.answer ?? null,
    failedBy: scores.filter(({ passed }) => !passed).map(({ scorer }) => parseScorerSpec(scorer).name),
    language: inputLanguage(caseText(item.variables)),
    inputTokens: result.type === 'reply' ? result.reply.usage.inputTokens : 0,
  };
}

const languagesOf = ({ stores }: Stores, run: RunId): Promise<ImprovementFacts['languages']> =>
  Promise.all(
    inputLanguages.map(async (language) => {
      const { passed, failed, no_answer: noAnswer } = await stores.results.count(run, { language });
      return { language, judged: passed + failed + noAnswer, failed: failed + noAnswer };
    }),
  );

/** The median of some answers that passed. */
async function usualInput({ stores }: Stores, run: RunId): Promise<number | null> {
  const passed = await stores.results.find(run, { outcome: 'passed', limit: USUAL });
  const tokens = passed.flatMap(({ result }) => (result.type === 'reply' ? [result.reply.usage.inputTokens] : []));
  return tokens.sort((a, b) => a - b)[Math.floor(tokens.length / 2)] ?? null;
}
