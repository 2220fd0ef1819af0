import { type Command, InvalidArgumentError, Option } from 'commander';
import { invalid } from '../../domain/errors.ts';
import type { Criterion, Evidence, Gate, JudgedBy } from '../../domain/release.ts';
import { priceBasisText } from '../../formats/price-basis-text.ts';
import { type OverrideReason, sayGate } from '../../services/deploy/approve-release.ts';
import type { Candidate } from '../../services/deploy/evidence.ts';
import { type PromptReference, parsePromptReference } from '../arguments.ts';
import { formatInterval, formatPercent } from '../format.ts';
import { byOption, projectOption } from '../options.ts';

export type CandidateOptions = { project: string; prompt: PromptReference; model: string; by: string };

/** What names the version that is asked for. */
export const candidateOptions = (command: Command): Command =>
  command
    .addOption(projectOption())
    .addOption(
      new Option('--prompt <name@version>', 'prompt version').argParser(parsePromptReference).makeOptionMandatory(),
    )
    .requiredOption('--model <connection/model>', 'model that will answer')
    .addOption(byOption());

/** Who approves says which version: a label may move, and a newer one may be saved meanwhile. */
export function candidateOf({ prompt, model }: Pick<CandidateOptions, 'prompt' | 'model'>): Candidate {
  if (prompt.type === 'version') return { prompt: prompt.name, version: prompt.number, model };
  throw invalid(
    'version_required',
    `Say which version is meant: --prompt ${prompt.name}@VERSION. "whetstone prompts list" shows the newest.`,
  );
}

/** `pass_rate=reason`, or for a minimum by tag `tag:NAME=reason`; may be repeated. */
export function parseOverride(text: string, before: readonly OverrideReason[] = []): OverrideReason[] {
  const [, name = '', reason = ''] = /^([^=]+)=(.*\S.*)$/s.exec(text) ?? [];
  const gate = gateNamed(name.trim());
  if (gate === null || reason === '') {
    throw new InvalidArgumentError('Write GATE=REASON, with pass_rate, cost, latency or tag:NAME as the gate.');
  }
  return [...before, { ...gate, reason: reason.trim() }];
}

function gateNamed(text: string): Gate | null {
  if (text.startsWith('tag:')) return { name: 'tag', tag: text.slice(4) };
  const name = (['pass_rate', 'cost', 'latency'] as const).find((known) => known === text);
  return name === undefined ? null : { name };
}

/** Lines that say what the runs show and how the gates stand. */
export function evidenceFields(evidence: Evidence): [string, string][] {
  const { runs, criteria, againstProduction = [], unseenHoldout = [] } = evidence;
  return [
    ...runs.map(({ runId, evalSet, split, rates, judgedBy }): [string, string] => [
      `run ${runId}`,
      `${formatPercent(rates.passRate)}  (n = ${rates.n}, 95 % interval ${formatInterval(rates.interval)}) on ${evalSet}, ${split}${judgedBy === undefined ? '' : scorersText(judgedBy)}`,
    ]),
    ...againstProduction.map(({ version, split, n, fixed, broken, pValue, verdict }): [string, string] => [
      `against version ${version}`,
      `${verdict}: ${fixed} fixed, ${broken} broken of ${n}, p = ${pValue.toPrecision(2)}, ${split}`,
    ]),
    ...unseenHoldout.map(({ evalSet, evalSetVersion, cases }): [string, string] => [
      'not run on',
      `${cases} holdout cases of ${evalSet}, version ${evalSetVersion}`,
    ]),
    ...criteria.map((criterion): [string, string] => [
      sayGate(criterion),
      [stateOf(criterion), ...(criterion.pricedBy ?? []).map(priceBasisText)].join('; '),
    ]),
  ];
}

const scorersText = ({ scorers, casesWithOwn }: JudgedBy): string =>
  `, judged by ${scorers.join(', ')}${casesWithOwn === 0 ? '' : ` (${casesWithOwn} cases by scorers of their own)`}`;

const stateOf = ({ state }: Criterion): string => state.replaceAll('_', ' ');
