import { Option } from 'commander';
import type { SplitChoice } from '../domain/run.ts';
import type { ScorerSpec } from '../domain/scorer.ts';
import { parseScorerSpec } from '../domain/scorer-spec.ts';
import { integerWithin, numberWithin } from './arguments.ts';

/** Options that several commands have. */

export const projectOption = () =>
  new Option('--project <name>', 'project, by slug or as written').makeOptionMandatory();

export const byOption = () =>
  new Option('--by <name>', 'who does it, while nobody was added by "whetstone people add"').default('');

/** For what is saved as the next version of something. */
export const baseOption = () =>
  new Option(
    '--base <number>',
    'version that it was written from, 0 for none: refused where another was saved',
  ).argParser(integerWithin(0, Number.MAX_SAFE_INTEGER));

export const scorerOption = () =>
  new Option(
    '--scorer <name[:args]>',
    'how outputs are judged, such as exact, label, contains:refund or tone=rubric:It is polite; may be repeated',
  ).argParser((text, earlier: ScorerSpec[] = []) => [...earlier, parseScorerSpec(text)]);

export const thresholdOption = () =>
  new Option(
    '--threshold <mean>',
    'with several scorers: weighted mean that passes (default: each must pass)',
  ).argParser(numberWithin(0, 1));

/** Models that scorers ask. */
export const judgeModelOption = () =>
  new Option('--judge-model <connection/model>', 'model that model-graded scorers ask, such as openai/gpt-5-mini');
export const embeddingModelOption = () =>
  new Option('--embedding-model <connection/model>', 'model that scorers of similarity ask for embeddings');

export const splitOption = (standard: SplitChoice) =>
  new Option('--split <side>', `cases to take (default: ${standard})`).choices(['dev', 'holdout', 'all']);
