import type { ResponseFormat } from '../domain/prompt.ts';
import type { Criterion, Release, RunEvidence } from '../domain/release.ts';
import type { ExportedPrompt } from './exported-prompt.ts';
import { code, fenced, percent, points, table, text } from './markdown-text.ts';
import { priceBasisText } from './price-basis-text.ts';

/** A version as a page for reviewers: what it says, what it takes and, where it is released, on what evidence. */
export function writeMarkdown(about: ExportedPrompt): string {
  const { version, prompt } = about;
  const sections = [
    `# ${text(prompt.name)}, version ${version.number}`,
    facts(about),
    ...(version.note === '' ? [] : ['## Note', fenced(version.note)]),
    '## Messages',
    ...version.content.messages.flatMap(({ role, content }, index) => [
      `### ${index + 1}. ${role}`,
      fenced(content, 'handlebars'),
    ]),
    '## Answer',
    ...answer(version.content.responseFormat),
    ...(about.release === null ? ['## Evidence', 'This version is not released.'] : evidence(about.release)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function facts({ project, prompt, version, variables, release, labels }: ExportedPrompt): string {
  const lines: [string, string][] = [
    ['Project', code(project)],
    ['Prompt', code(prompt.slug)],
    ['Variables', variables.length === 0 ? 'none' : variables.map(code).join(', ')],
    ['Parameters', code(JSON.stringify(version.content.parameters))],
    ['Author', version.author === '' ? 'not given' : text(version.author)],
    ['Saved', version.createdAt],
    ['Content hash', code(version.contentHash)],
    ...(release === null ? [] : releaseFacts(release, labels)),
  ];
  return lines.map(([name, value]) => `- ${name}: ${value}`).join('\n');
}

const releaseFacts = (release: Release, labels: readonly string[]): [string, string][] => [
  ['Release', `${release.number}, approved by ${text(release.approvedBy)} on ${release.createdAt}`],
  ['Labels', labels.length === 0 ? 'none' : labels.map(code).join(', ')],
  ['Model', code(release.model)],
];

function answer(format: ResponseFormat): string[] {
  if (format.type === 'labels') return [`One of ${format.labels.map(code).join(', ')}.`];
  if (format.type === 'json')
    return ['JSON after this schema:', fenced(JSON.stringify(format.schema, null, 2), 'json')];
  return ['Free text.'];
}

const evidence = (release: Release): string[] => [
  '## Evidence',
  `SHA-256 ${code(release.evidenceDigest)}`,
  fenced(release.note),
  table(
    [
      'Run',
      'Set',
      'Split',
      'Pass rate',
      '95% interval',
      'n',
      'No answer',
      'Errors',
      'Cost of 1,000 calls',
      'p95 latency',
    ],
    release.evidence.runs.map(runCells),
  ),
  ...pricedBy(release.evidence.runs),
  table(['Criterion', 'State', 'Asked', 'Observed', 'Lower bound'], release.evidence.criteria.map(criterionCells)),
  ...(release.overrides.length === 0
    ? []
    : [
        '## Approved although a gate is not met',
        table(['Gate', 'State', 'Reason'], release.overrides.map(overrideCells)),
      ]),
  ...(release.evidence.againstProduction === undefined
    ? []
    : ['## Against what was in production', ...release.evidence.againstProduction.map(againstText)]),
];

function pricedBy(runs: readonly RunEvidence[]): string[] {
  const byRun = new Map(runs.map(({ runId, pricedBy = [] }) => [runId, pricedBy]));
  const lines = [...byRun].flatMap(([run, bases]) =>
    bases.map((basis) => `- Cost of run ${run}: ${text(priceBasisText(basis))}`),
  );
  return lines.length === 0 ? [] : [lines.join('\n')];
}

const overrideCells = ({ reason, state, ...gate }: Release['overrides'][number]): string[] => [
  gateName(gate),
  state.replace('_', ' '),
  text(reason),
];

const againstText = (pair: NonNullable<Release['evidence']['againstProduction']>[number]): string =>
  `- ${text(pair.evalSet)}, ${pair.split}: ${pair.verdict}${pair.verdict === "can't tell" ? ' against' : ' than'} release ${pair.release}; ${pair.fixed} fixed and ${pair.broken} broken of ${pair.n}, difference ${points(pair.difference)}${pair.interval === null ? '' : ` (95% interval ${points(pair.interval[0])} to ${points(pair.interval[1])})`}, exact p ${pair.pValue.toPrecision(2)}`;

function runCells(run: RunEvidence): string[] {
  const { n, passRate, interval, noAnswer, errors } = run.rates;
  return [
    String(run.runId),
    `${text(run.evalSet)} v${run.evalSetVersion}`,
    run.split,
    percent(passRate),
    interval === null ? '–' : `${percent(interval[0])} to ${percent(interval[1])}`,
    String(n),
    String(noAnswer),
    String(errors),
    run.costUsdPer1000Calls === null ? '–' : `$${number(run.costUsdPer1000Calls)}`,
    run.latencyP95Ms === null ? '–' : `${Math.round(run.latencyP95Ms)} ms`,
  ];
}

const gateName = ({ name, tag }: Pick<Criterion, 'name' | 'tag'>): string =>
  tag === undefined ? name.replace('_', ' ') : `tag ${text(tag)}`;

const criterionCells = ({ name, tag, state, target, observed, bound }: Criterion): string[] => [
  gateName({ name, tag }),
  state.replace('_', ' '),
  ...[target, observed, bound].map((value) =>
    name === 'pass_rate' || name === 'tag' ? percent(value) : number(value),
  ),
];

const number = (value: number | null): string => (value === null ? '–' : String(Number(value.toPrecision(4))));
