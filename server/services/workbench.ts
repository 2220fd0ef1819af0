import type { ModelFactTable } from '../domain/model-facts.ts';
import type { JudgePrompt } from '../domain/scorer.ts';
import type { Environment } from '../providers/environment.ts';
import type { LocalModelFiles } from '../providers/local/model-files.ts';
import type { ProviderRegistry } from '../providers/registry.ts';
import type { Stores } from '../storage/stores.ts';
import type { RunRunner } from './evaluate/run-runner.ts';
import type { ScoringRunner } from './evaluate/scoring-runner.ts';
import type { ScriptSandbox } from './evaluate/script-sandbox.ts';
import type { ModelDownloads } from './models/model-downloads.ts';
import type { Prices } from './models/prices.ts';
import type { StoredRedactions } from './monitor/stored-redactions.ts';
import type { CaseDrafter } from './scope/case-drafter.ts';

/** What every use case works with. */
export type Workbench = {
  stores: Stores;
  /** Variables, with keys and addresses that are stored nowhere. */
  environment: Pick<Environment, 'get'>;
  providers: ProviderRegistry;
  prices: Prices;
  /** What the names of models elsewhere tell of them. */
  modelFacts: ModelFactTable;
  /** Files of the models that run on this machine. */
  localModels: LocalModelFiles;
  /** Fetches them. */
  modelDownloads: ModelDownloads;
  /** Prompts that came with the program: those of judges, and the one that drafts cases. */
  judgePrompts: readonly JudgePrompt[];
  /** Folder of the person's own scorers. */
  scorersDirectory: string;
  /** Runs the JavaScript of scorers, away from everything else. */
  scripts: ScriptSandbox;
  /** Executes runs in this process. */
  runner: RunRunner;
  /** Scores the outputs of runs again in this process. */
  scoringRunner: ScoringRunner;
  /** Lets models draft cases in this process. */
  caseDrafter: CaseDrafter;
  /** Applies redaction rules to what was stored before them. */
  storedRedactions: StoredRedactions;
  /** Version of this program, kept with each run. */
  codeVersion: string;
  dataDirectory: string;
  /** Folder whose changed prompt files are offered as new versions; null where none is looked at. */
  promptsDirectory: string | null;
};
