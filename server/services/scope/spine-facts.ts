import type { Project } from '../../domain/project.ts';
import type { PromptVersion } from '../../domain/prompt.ts';
import { requestState } from '../../domain/release-request.ts';
import type { Run, RunSummary } from '../../domain/run.ts';
import type { ProjectScope } from '../../domain/scope.ts';
import type { RateFact, SpineFacts } from '../../domain/spine.ts';
import type { Split } from '../../domain/split.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Workbench['stores'];
type SummarisedRun = { run: Run; summary: RunSummary };

/** Counts what a project has. */
export async function spineFacts(
  { stores }: Pick<Workbench, 'stores'>,
  project: Project,
  scope: ProjectScope,
): Promise<SpineFacts> {
  const prompts = await stores.prompts.list(project.id);
  const versions = (await Promise.all(prompts.map((prompt) => stores.prompts.versions(prompt.id)))).flat();
  const runs = await stores.runs.list(project.id);
  const completed = await Promise.all(
    runs
      .filter((run) => run.status === 'completed')
      .map(async (run) => ({ run, summary: await stores.runs.summary(run.id) })),
  );
  return {
    scopeWritten: scope !== null,
    target: scope?.targetPassRate ?? null,
    prompts: prompts.length,
    versions: versions.length,
    cases: await countCases(stores, project),
    runs: {
      completed: completed.length,
      running: runs.filter(({ status }) => status === 'running' || status === 'queued').length,
    },
    bestDev: bestOf(completed.flatMap((one) => rateFact(one, 'dev'))),
    holdout: holdoutOf(completed, versions),
    failures: await countFailures(stores, completed[0]),
    releases: (await stores.releases.list(project.id)).length,
    openRequest: await oldestOpenRequest(stores, project),
    production: await productionOf(stores, project),
    ...(await stores.observations.count(project.id)),
  };
}

async function countCases(stores: Stores, project: Project): Promise<SpineFacts['cases']> {
  const cases = { dev: 0, holdout: 0 };
  for (const set of await stores.evalSets.list(project.id)) {
    const version = await stores.evalSets.version(set.id, null);
    if (version === null) continue;
    for (const split of ['dev', 'holdout'] as const) {
      cases[split] += await stores.evalSets.countCases(version, { split });
    }
  }
  return cases;
}

function rateFact({ run, summary }: SummarisedRun, split: Split): RateFact[] {
  const rates = summary.bySplit[split];
  if (rates === undefined || rates.passRate === null || rates.interval === null) return [];
  const { n, passRate, interval, noAnswer } = rates;
  return [{ passRate, interval, noAnswer, n, standIn: run.standIn }];
}

/** Of language models where there are some. */
const languageModelsFirst = (facts: readonly RateFact[]): readonly RateFact[] =>
  facts.some(({ standIn }) => !standIn) ? facts.filter(({ standIn }) => !standIn) : facts;

const bestOf = (facts: readonly RateFact[]): RateFact | null =>
  languageModelsFirst(facts).reduce<RateFact | null>(
    (best, fact) => (best === null || fact.passRate > best.passRate ? fact : best),
    null,
  );

/** The newest run of the newest version, not the best: to choose the best of several looks at holdout would flatter it. */
function holdoutOf(completed: readonly SummarisedRun[], versions: readonly PromptVersion[]): RateFact | null {
  const newest = Math.max(0, ...versions.map(({ id }) => id));
  const facts = completed
    .filter(({ run }) => run.promptVersionId === newest)
    .flatMap((one) => rateFact(one, 'holdout'));
  return languageModelsFirst(facts)[0] ?? null;
}

async function countFailures(stores: Stores, newest: SummarisedRun | undefined): Promise<SpineFacts['failures']> {
  if (newest === undefined) return { withoutNote: 0, withCategory: 0 };
  const { run, summary } = newest;
  const reviews = await stores.reviews.ofRun(run.id);
  const reviewed = await stores.results.page(run.id, { outcome: 'not_passed', ids: [...reviews.keys()] });
  const read = reviewed.map(({ result }) => reviews.get(result.id));
  return {
    withoutNote: summary.failed + summary.errors - read.filter((review) => review?.note || review?.category).length,
    withCategory: read.filter((review) => review?.category).length,
  };
}

async function oldestOpenRequest(stores: Stores, project: Project): Promise<number | null> {
  const requests = await stores.releaseRequests.list(project.id);
  return requests.findLast((request) => requestState(request) === 'open')?.id ?? null;
}

/** What the label `production` was pointed to last, of whichever prompt. */
async function productionOf(stores: Stores, project: Project): Promise<SpineFacts['production']> {
  const prompts = await stores.prompts.list(project.id);
  const moves = (await Promise.all(prompts.map((prompt) => stores.releases.moves(prompt.id)))).flat();
  const newest = moves
    .filter(({ label }) => label === 'production')
    .sort((a, b) => b.id - a.id)
    .at(0);
  if (newest === undefined) return null;
  const release = await stores.releases.get(newest.releaseId);
  const version = await stores.prompts.getVersion(release.promptVersionId);
  return { release: release.number, version: version.number };
}
