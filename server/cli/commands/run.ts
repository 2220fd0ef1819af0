import { type Command, Option } from 'commander';
import { conflict, invalid } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { ErrorLimit, SplitChoice } from '../../domain/run.ts';
import type { ScorerSpec } from '../../domain/scorer.ts';
import { formatScorerSpec } from '../../domain/scorer-spec.ts';
import { planRun, type RunPlan } from '../../services/evaluate/plan-run.ts';
import type { RunRequest } from '../../services/evaluate/run-request.ts';
import { createRun } from '../../services/evaluate/start-run.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import {
  integerWithin,
  numberWithin,
  type PromptReference,
  parseErrorLimit,
  parsePromptReference,
  parseRate,
  parseRunId,
} from '../arguments.ts';
import { addCiFileOptions, checkCiFiles } from '../ci-files.ts';
import type { CommandRunner } from '../command-runner.ts';
import { findReferencedVersion } from '../find-version.ts';
import { type AskedOfRun, runToResult } from '../finish-run.ts';
import { formatCount, formatUsd } from '../format.ts';
import { judgingText } from '../judging-text.ts';
import {
  embeddingModelOption,
  judgeModelOption,
  projectOption,
  scorerOption,
  splitOption,
  thresholdOption,
} from '../options.ts';
import { note } from '../output.ts';

type RunOptions = AskedOfRun & {
  project: string;
  prompt: PromptReference;
  set: string;
  model: string;
  scorer?: ScorerSpec[];
  threshold?: number;
  judgeModel?: string;
  embeddingModel?: string;
  split?: SplitChoice;
  concurrency?: number;
  repeats?: number;
  cache: boolean;
  maxCost?: number;
  maxErrors?: ErrorLimit;
  timeout?: number;
  batch?: boolean;
  wait?: boolean;
  stopAt?: number;
  note?: string;
};

const example = `
Example:
  whetstone run --project "Restaurant reviews" --prompt classify@2 --set reviews --model openai/gpt-5-mini --fail-under 80%`;

/** `whetstone run` */
export function addRunCommand(program: Command, runner: CommandRunner): void {
  addCiFileOptions(program.command('run'))
    .description('run a prompt version with a model on an evaluation set, in this process')
    .addOption(projectOption())
    .addOption(
      new Option('--prompt <name[@version|@label]>', 'prompt; its newest version unless one is said')
        .argParser(parsePromptReference)
        .makeOptionMandatory(),
    )
    .requiredOption('--set <name>', 'evaluation set')
    .requiredOption(
      '--model <connection/model>',
      'model, such as openai/gpt-5-mini; "whetstone models list" shows those there are',
    )
    .addOption(scorerOption())
    .addOption(thresholdOption())
    .addOption(judgeModelOption())
    .addOption(embeddingModelOption())
    .addOption(splitOption('dev'))
    .option('--concurrency <n>', 'most calls at a time (default: 8)', integerWithin(1, 256))
    .option('--repeats <n>', 'times that each case is asked (default: 1)', integerWithin(1, 20))
    .option('--no-cache', 'ask the model although an answer is in the response cache')
    .option('--max-cost <usd>', 'pause before the run costs more', numberWithin(0, Number.POSITIVE_INFINITY))
    .option(
      '--max-errors <n|rate>',
      'errors that are borne: a number, such as 20, or a rate, such as 0.05 or 5% (default: 5%)',
      parseErrorLimit,
    )
    .option('--timeout <seconds>', 'longest wait for one reply (default: 60)', numberWithin(0.1, 3600))
    .option(
      '--stop-at <rate>',
      'end early, once the pass rate clearly lies above or below this one, such as 80%; cases are asked in random order',
      parseRate,
    )
    .option('--batch', 'ask in batches at the provider: answered within a day, at OpenAI for half the price')
    .option('--wait', 'with --batch: stay until the answers are there')
    .option('--note <text>', 'what the run is for')
    .option('--baseline <run>', 'run to compare with; exit code 1 when the verdict is "worse"', parseRunId)
    .option('--fail-under <rate>', 'pass rate that is asked for, such as 0.8 or 80%; exit code 1 below it', parseRate)
    .addHelpText('after', example)
    .action((options: RunOptions, command: Command) =>
      runner.run(command, async (workbench) => {
        requireWait(options);
        await checkCiFiles(options);
        const project = await findProject(workbench, options.project);
        const { version } = await findReferencedVersion(workbench, project, options.prompt);
        const request = requestOf(options, version.number);
        if (options.baseline !== undefined) await requireComparable(workbench, options.baseline, project);
        sayPlan(await planRun(workbench, project, request));
        const run = await createRun(workbench, project, request);
        note(`Run ${run.id}.`);
        const start = () => workbench.runner.start(run.id);
        return runToResult(workbench, run, start, {
          asked: options,
          data: runner.data(command),
          letGo: options.batch === true && options.wait !== true,
        });
      }),
    );
}

const requestOf = (options: RunOptions, version: number): RunRequest => ({
  prompt: options.prompt.name,
  version,
  set: options.set,
  model: options.model,
  scorers: options.scorer,
  threshold: options.threshold,
  judgeModel: options.judgeModel,
  embeddingModel: options.embeddingModel,
  mode: options.batch ? 'batch' : 'live',
  split: options.split,
  concurrency: options.concurrency,
  repeats: options.repeats,
  useCache: options.cache,
  maxCostUsd: options.maxCost,
  maxErrors: options.maxErrors,
  timeoutMs: options.timeout === undefined ? undefined : Math.round(options.timeout * 1000),
  stopAtRate: options.stopAt,
  note: options.note,
});

/** A gate is for what a run has found. */
function requireWait({ batch = false, wait = false, failUnder, baseline, junit, markdown }: RunOptions): void {
  if (wait && !batch) throw invalid('wait_without_batch', '--wait goes with --batch: a live run is always waited for.');
  if (!batch || wait || [failUnder, baseline, junit, markdown].every((asked) => asked === undefined)) return;
  throw invalid(
    'gate_without_wait',
    '--fail-under, --baseline, --junit and --markdown need the answers: add --wait to --batch, or run "runs show" with them once they are there.',
  );
}

/** Said before the run, so that nothing is spent to learn that it can't be compared. */
async function requireComparable({ stores }: Workbench, baseline: RunId, project: Project): Promise<void> {
  if ((await stores.runs.get(baseline)).projectId === project.id) return;
  throw conflict(
    'runs_not_comparable',
    `Run ${baseline} does not belong to ${project.name}. "whetstone runs list --project ${project.slug}" shows those that do.`,
  );
}

function sayPlan(plan: RunPlan): void {
  for (const { message } of plan.problems) note(`Note: ${message}`);
  const cached = plan.cachedCalls === 0 ? '' : `, ${formatCount(plan.cachedCalls)} of them from the cache`;
  note(
    `Plan: ${formatCount(plan.calls)} calls${cached}; about ${formatCount(plan.inputTokens)} tokens in and ${formatCount(plan.outputTokens)} out; ` +
      `cost about ${formatUsd(plan.costUsd)}${plan.judging === null ? '' : judgingText(plan.judging)}; scored by ${plan.scorers.map(formatScorerSpec).join(', ')}.`,
  );
}
