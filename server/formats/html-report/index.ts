import { createHash } from 'node:crypto';
import Handlebars from 'handlebars';
import { costOfLook } from '../../domain/statistics/holdout-look.ts';
import { type ChartRow, domainAround, intervalChart } from './chart.ts';
import { judgeSaying } from './judge-saying.ts';
import type { Report, ReportAnswer, ReportCase, ReportLanguage, ReportRate, ReportRun } from './report.ts';
import { styles, template } from './template.ts';
import { filled, textsOf } from './texts.ts';
import { Figures, versionOf, visible } from './view.ts';

/** An instance of its own that escapes, unlike the one for prompts. What it is given is data: nothing in it is ever compiled. */
const engine = Handlebars.create();
const helperNames = ['if', 'each'];
for (const name of Object.keys(engine.helpers)) if (!helperNames.includes(name)) engine.unregisterHelper(name);
const render = engine.compile(template, {
  strict: true,
  knownHelpers: { if: true, each: true },
  knownHelpersOnly: true,
});

/** Nothing but this one style may take effect, whatever else got into the file. */
export const reportPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** A report as one HTML file that needs nothing beside it: no script, no font, no image, no server. */
export function htmlReport(report: Report, language: ReportLanguage): string {
  const t = textsOf[language];
  const figures = new Figures(language, t.unknown);
  const runs = report.type === 'run' ? [report.run] : report.runs;
  const title =
    report.type === 'run'
      ? `${filled(t.run, { run: report.run.id })} · ${versionOf(report.run)}`
      : filled(t.comparison, { runs: runs.map(({ id }) => `#${id}`).join(', ') });
  return render(
    {
      t,
      language,
      title,
      policy: reportPolicy,
      made: filled(t.made, { at: figures.instant(report.createdAt), version: runs[0]?.codeVersion ?? '' }),
      heads: runs.map((run, index) => nameOf(runs, index, t.baseline) ?? versionOf(run)),
      facts: factsOf(runs, t, figures),
      ...(report.type === 'run' ? runParts(report, t, figures) : comparisonParts(report, t, figures)),
      casesTitle: report.type === 'run' ? t.failures : t.changed,
      cases: report.cases.map((one) => caseOf(one, runs, t)),
      shown: filled(t.shown, { shown: figures.count(report.cases.length), all: figures.count(report.caseCount) }),
    },
    { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false },
  );
}

type Texts = (typeof textsOf)[ReportLanguage];
type Of<Type extends Report['type']> = Extract<Report, { type: Type }>;

const letterOf = (index: number): string => String.fromCharCode(65 + index);

function nameOf(runs: readonly ReportRun[], index: number, baseline: string): string {
  const number = `#${runs[index]?.id}`;
  if (runs.length === 1) return number;
  return `${letterOf(index)} · ${number}${index === 0 ? ` (${baseline})` : ''}`;
}

function factsOf(runs: readonly ReportRun[], t: Texts, figures: Figures) {
  const { count, percent, interval, usd, ms, instant } = figures;
  const rows: [name: string, value: (run: ReportRun) => string][] = [
    [t.version, versionOf],
    [t.model, ({ model }) => model],
    [t.served, ({ servedModel }) => servedModel ?? t.unknown],
    [t.set, (run) => `${run.set}@${run.setVersion}, ${t[run.split]}`],
    [t.passRate, (run) => percent(run.passRate)],
    [t.interval, (run) => interval(run.interval)],
    [t.n, ({ n }) => count(n)],
    [t.noAnswer, ({ noAnswer }) => count(noAnswer)],
    [t.errors, ({ errors }) => count(errors)],
    [t.tokens, (run) => `${count(run.inputTokens)} / ${count(run.outputTokens)}`],
    [t.cost, ({ costUsd }) => usd(costUsd)],
    [t.latency, (run) => `${ms(run.latencyP50Ms)} / ${ms(run.latencyP95Ms)}`],
    [t.scorers, ({ scorers }) => scorers.join(', ')],
    [t.judges, ({ judges }) => judges.map((judge) => judgeSaying(judge, t, figures)).join('; ')],
    [t.parameters, ({ parameters }) => JSON.stringify(parameters)],
    [t.started, ({ createdAt }) => instant(createdAt)],
    [t.note, ({ note }) => visible(note)],
  ];
  return rows
    .map(([name, value]) => ({ name, values: runs.map(value) }))
    .filter(({ values }) => values.some((value) => value !== ''));
}

/** Why the figures of a run are to be taken with care. */
function runNotes(run: ReportRun, t: Texts, { count }: Figures): string[] {
  const unfinished = filled(t.unfinished, { done: count(run.done), total: count(run.total), status: run.status });
  return [...(run.standIn ? [t.standIn] : []), ...(run.done < run.total ? [unfinished] : [])];
}

function runParts(report: Of<'run'>, t: Texts, figures: Figures) {
  const { run, messages, comments, metrics, repeats, tags, labels } = report;
  const splits = (['dev', 'holdout'] as const).flatMap((split) => {
    const rates = run.bySplit[split];
    return rates?.passRate == null || rates.interval === null ? [] : [{ ...rates, ...given(rates), name: t[split] }];
  });
  const all = run.passRate === null || run.interval === null ? [] : [{ ...run, ...given(run), name: t.all }];
  const charts: [title: string, rates: readonly ReportRate[]][] = [
    [t.ratesTitle, [...all, ...(splits.length > 1 ? splits : [])]],
    [t.metricsTitle, metrics],
    [t.repeatsTitle, repeats],
    [t.tagsTitle, tags],
    [t.labelsTitle, labels],
  ];
  return {
    notes: [...runNotes(run, t, figures), ...repeatNotes(report, t, figures)],
    charts: charts.filter(([, rates]) => rates.length > 0).map(([title, rates]) => rateChart(title, rates, figures)),
    messages: messages.map(({ role, content }) => ({ role, content: visible(content) })),
    comments: comments.map(({ text, author, createdAt, resolved }) => ({
      author: author === '' ? t.someone : visible(author),
      about: [figures.instant(createdAt), ...(resolved ? [t.resolved] : [])].join(' · '),
      text: visible(text),
    })),
    pairs: null,
    verdictsTitle: '',
  };
}

/** Flaky cases, and what groups of cases do to the interval. */
function repeatNotes({ flaky, groups }: Of<'run'>, t: Texts, { count, percent, interval }: Figures): string[] {
  const over = groups && {
    cases: count(groups.cases),
    groups: count(groups.groups),
    rate: percent(groups.passRate),
    interval: interval(groups.interval),
  };
  return [
    ...(flaky === null ? [] : [filled(t.flaky, { count: count(flaky.count), n: count(flaky.n) })]),
    ...(over === null ? [] : [filled(t.groups, over)]),
  ];
}

/** The figures that a chart needs, which are there wherever anything was judged. */
const given = (rates: Pick<ReportRun, 'passRate' | 'interval'>) => ({
  passRate: rates.passRate ?? 0,
  interval: rates.interval ?? ([0, 1] as const),
});

function rateChart(title: string, rates: readonly ReportRate[], { percent, count, tick }: Figures) {
  const rows = rates.map(
    ({ name, passRate, interval, n }): ChartRow => ({
      value: passRate,
      interval,
      name: visible(name),
      text: `${percent(passRate)} n=${count(n)}`,
    }),
  );
  return intervalChart(title, rows, [0, 1], tick);
}

function comparisonParts({ runs, pairs }: Of<'comparison'>, t: Texts, figures: Figures) {
  const baseline = runs[0]?.id ?? 0;
  const rates = runs.flatMap((run, index) =>
    run.passRate === null || run.interval === null
      ? []
      : [{ name: `${letterOf(index)} · ${versionOf(run)}`, passRate: run.passRate, interval: run.interval, n: run.n }],
  );
  const differences = pairs.map(
    (pair, index): ChartRow => ({
      name: nameOf(runs, index + 1, t.baseline),
      text: figures.points(pair.difference),
      value: pair.difference,
      interval: pair.interval,
    }),
  );
  const domain = domainAround(pairs.map(({ interval }) => interval));
  const differencesTitle = filled(t.differencesTitle, { run: baseline });
  const warnings = pairs.flatMap((pair, index) =>
    pair.warnings.map(({ message }) => `${t.warnings} – ${nameOf(runs, index + 1, t.baseline)}: ${message}`),
  );
  return {
    notes: [...new Set([...runs.flatMap((run) => runNotes(run, t, figures)), ...warnings])],
    charts: [
      rateChart(t.ratesTitle, rates, figures),
      intervalChart(differencesTitle, differences, domain, figures.pointsTick),
    ],
    pairs: pairs.map((pair, index) => ({ name: nameOf(runs, index + 1, t.baseline), ...pairOf(pair, t, figures) })),
    verdictsTitle: filled(t.verdicts, { run: baseline }),
    messages: null,
    comments: null,
  };
}

function pairOf(pair: Of<'comparison'>['pairs'][number], t: Texts, { count, points, pointsInterval, p }: Figures) {
  const kind = pair.correctedVerdict === "can't tell" ? 'unclear' : pair.correctedVerdict;
  return {
    kind,
    verdict: t[kind],
    difference: points(pair.difference),
    interval: pointsInterval(pair.interval),
    fixed: count(pair.fixed),
    broken: count(pair.broken),
    n: count(pair.n),
    rawP: p(pair.pValue),
    correctedP: p(pair.correctedPValue),
    detectable: kind === 'unclear' && pair.n > 0 ? powerSaying(pair, t, { count, points }) : null,
    look:
      pair.look === null || pair.look === 1 ? null : filled(t.look, { look: pair.look, cost: costOfLook(pair.look) }),
  };
}

/** What "can't tell" means. */
function powerSaying(
  { n, detectable, exactDetectable, casesForFivePoints }: Of<'comparison'>['pairs'][number],
  t: Texts,
  { count, points }: Pick<Figures, 'count' | 'points'>,
): string {
  const size = (value: number) => points(value).replace(/^\+/, '');
  if (exactDetectable === null) return t.notDetectable;
  return [
    filled(t.detectable, { points: size(exactDetectable) }),
    ...(detectable === null ? [] : [filled(t.detectableByFormula, { points: size(detectable) })]),
    ...(casesForFivePoints === null || casesForFivePoints <= n
      ? []
      : [filled(t.casesForFivePoints, { cases: count(casesForFivePoints) })]),
  ].join(' ');
}

const caseOf = ({ key, input, expected, group, answers }: ReportCase, runs: readonly ReportRun[], t: Texts) => ({
  key: visible(key),
  input: visible(input),
  expected: visible(expected),
  groupKind: group ?? '',
  group: group === null ? null : t[group],
  answers: answers.map((answer, index) => ({
    name: runs.length === 1 ? t.output : nameOf(runs, index, t.baseline),
    ...answerOf(answer, t),
  })),
});

function answerOf(answer: ReportAnswer | null, t: Texts) {
  if (answer === null) return { kind: '', outcome: '', output: t.notRun, explanations: [] };
  const { outcome, output, error, explanations } = answer;
  const said = error === null ? (output ?? '') : `${error.code}: ${error.message}`;
  return {
    kind: outcome,
    outcome: t[outcome],
    output: said.trim() === '' ? t.empty : visible(said),
    explanations: explanations.map(visible),
  };
}
