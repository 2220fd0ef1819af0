import {
  formatCount,
  formatDuration,
  formatInterval,
  formatMegabytes,
  formatPercent,
  formatPoints,
  formatPointsInterval,
  formatPValue,
} from '../../server/cli/format.ts';
import type { LocalModel } from '../../server/domain/local-model.ts';
import type { RateSummary } from '../../server/domain/run.ts';
import type { Split } from '../../server/domain/split.ts';
import type { RunComparison } from '../../server/services/evaluate/compare-runs.ts';
import { verdictOn } from './default-model.ts';
import type { Measured, Measurement } from './measure.ts';

export type Page = {
  date: string;
  version: string;
  command: string;
  /** Such as "Linux x64, 2 cores, 1 thread". */
  machine: string;
  models: readonly (LocalModel & { about: string })[];
  /** How long each measured model took to its first answer, in milliseconds. */
  loading: ReadonlyMap<string, number>;
  tasks: readonly Measured[];
  skipped: readonly string[];
};

/** The page as Markdown: what was measured, with n and interval at every rate. */
export function writePage(page: Page): string {
  const { date, version, command, machine, skipped, tasks } = page;
  return `${[
    '# Local models, measured',
    '<!-- Made by the command below: change scripts/local-model and run it again, not this page. -->',
    `Made on ${date} by \`${command}\` with Whetstone ${version}. Machine: ${machine}. Every run went through the product itself: its split, its runs, its scorers, its comparisons.`,
    'A rate stands with its 95 % interval (Wilson) and n; an answer in which no label can be read fails, and an error stands beside the rate ([numbers.md](numbers.md)). Time is that of a whole run, with the model loaded; tokens a second are those that were read, without those of a beginning that was known already, and written.',
    '## The models',
    modelTable(page),
    '## The default',
    verdictOn(tasks[0]),
    ...tasks.flatMap(taskPart),
    ...(skipped.length === 0 ? [] : ['## Not measured', ...skipped]),
  ].join('\n\n')}\n`;
}

function modelTable({ models, loading }: Page): string {
  return table(
    ['Model', 'What it is', 'Licence', 'Parameters', 'File', 'Memory stated', 'Context', 'Loaded and first answer in'],
    models.map(({ name, title, about, licence, terms, parameters, fileBytes, memoryBytes, contextTokens, state }) => {
      const took = loading.get(`local/${name}`);
      const notMeasured = state.type === 'ready' ? 'not measured' : 'not on this machine, not measured';
      return [
        `\`local/${name}\``,
        `${title}${about === '' ? '' : `: ${about}`}`,
        terms === null ? (licence ?? '–') : `[${terms.title}](${terms.url})`,
        parameters === null ? '–' : `${Math.round(parameters / 1e6)} M`,
        formatMegabytes(fileBytes),
        formatMegabytes(memoryBytes),
        contextTokens === null ? '–' : `${formatCount(contextTokens)} tokens`,
        took === undefined ? notMeasured : formatDuration(took),
      ];
    }),
  );
}

function taskPart({ task, sizes, runs, constant, steps, models, classifier }: Measured): string[] {
  const sides = sizes.holdout === 0 ? `${sizes.dev} cases` : `${sizes.dev} dev and ${sizes.holdout} holdout cases`;
  const tried =
    task.kind === 'wordings'
      ? ` ${task.versions.length} wordings were tried on dev; only the best of each model was then asked the holdout cases, once. Chosen on dev, its dev rate is flattered: the holdout rate counts.`
      : '';
  const notes = task.versions.map(({ note }, index) => `${index + 1}. ${note}`).join('\n');
  return [
    `## ${task.name}`,
    `${task.about} ${sides}.${tried} Answering \`${constant.answer}\` to every dev case reaches ${rate(constant.rate)}.`,
    runTable(runs),
    ...(task.kind === 'steps' && task.versions.length === 1 ? [] : ['The versions:', notes]),
    ...(steps.length === 0 ? [] : ['Version against version, paired by case:', comparisonTable(steps)]),
    ...(models.length === 0 ? [] : ['Model against model, paired by case:', comparisonTable(models)]),
    ...(classifier === null ? [] : [classifierText(classifier)]),
  ];
}

function runTable(runs: readonly Measurement[]): string {
  const tags = ['en', 'zh'].filter((tag) => runs.some(({ byTag }) => byTag.has(tag)));
  const names: Record<string, string> = { en: 'English', zh: 'Chinese' };
  return table(
    [
      ...['Model', 'Version', 'Side', 'Pass rate'],
      ...tags.map((tag) => names[tag] ?? tag),
      ...['No answer', 'Errors', 'Tokens a second', 'Time'],
    ],
    runs.map(({ run, split, byTag }) => {
      const tokens = run.inputTokens - run.cachedInputTokens + run.outputTokens;
      return [
        ...[`\`${run.model}\``, String(run.version), split, rate(run)],
        ...tags.map((tag) => rate(byTag.get(tag))),
        ...[String(run.noAnswer), String(run.errors)],
        ...[formatCount(Math.round((tokens / run.wallMs) * 1000)), formatDuration(run.wallMs)],
      ];
    }),
  );
}

const comparisonTable = (rows: readonly { comparison: RunComparison; split: Split }[]): string =>
  table(
    ['From', 'To', 'Side', 'Fixed', 'Broken', 'Difference', 'Exact test', 'Verdict'],
    rows.map(({ comparison: { a, b, comparison }, split }) => {
      const { n, fixed, broken, difference, interval, pValue, verdict, detectable } = comparison;
      const smallest = detectable === null ? '' : `, detectable ${formatPoints(detectable)}`;
      return [
        ...[a, b].map(({ model, version }) => `\`${model}\` version ${version}`),
        ...[split, String(fixed), String(broken)],
        `${formatPoints(difference)} [${formatPointsInterval(interval)}], n ${n}`,
        formatPValue(pValue),
        verdict === "can't tell" ? `${verdict}${smallest}` : verdict,
      ];
    }),
  );

function classifierText({ baseline, reason, prompt, comparison }: NonNullable<Measured['classifier']>): string {
  if (baseline === null) return `No trained classifier: ${reason?.message ?? ''}`;
  const { labelsUsed, folds, dev, holdout } = baseline;
  const held = holdout === null ? '' : `; on holdout ${rate(holdout)}`;
  const rates = `A classifier trained on the ${labelsUsed} dev labels, cross-validated in ${folds} folds: ${rate(dev)}${held}.`;
  if (prompt === null || comparison === null) return rates;
  const { verdict, fixed, broken, pValue } = comparison;
  return `${rates} The best prompt on dev, version ${prompt.version} on \`${prompt.model}\`, against it: ${verdict} (${fixed} fixed, ${broken} broken, ${formatPValue(pValue)}).`;
}

/** 72.1 % [64.2–78.9 %], n 136 */
const rate = (rates: Pick<RateSummary, 'passRate' | 'interval' | 'n'> | undefined): string =>
  rates === undefined || rates.passRate === null
    ? '–'
    : `${formatPercent(rates.passRate)} [${formatInterval(rates.interval)}], n ${rates.n}`;

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');
