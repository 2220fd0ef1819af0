import { AlertDeliveryStore } from './alert-delivery-store.ts';
import { AlertStore } from './alert-store.ts';
import { BatchStore } from './batch-store.ts';
import { CaseDraftStore } from './case-draft-store.ts';
import { CaseOutcomeStore } from './case-outcome-store.ts';
import { CategoryStore } from './category-store.ts';
import { CommentStore } from './comment-store.ts';
import { ConnectionStore } from './connection-store.ts';
import type { Database } from './database.ts';
import { EvalSetStore } from './eval-set-store.ts';
import { JudgeLabelStore } from './judge-label-store.ts';
import { KeptRunStore } from './kept-run-store.ts';
import { LabelAuditStore } from './label-audit-store.ts';
import { ObservationFigures } from './observation-figures.ts';
import { ObservationStore } from './observation-store.ts';
import { OnlineRateStore } from './online-rate-store.ts';
import { OnlineScoringStore } from './online-scoring-store.ts';
import { PersonStore } from './person-store.ts';
import { PriceStore } from './price-store.ts';
import { ProductionTextStore } from './production-text-store.ts';
import { ProjectStore } from './project-store.ts';
import { PromptStore } from './prompt-store.ts';
import { RedactionStore } from './redaction-store.ts';
import { ReleaseRequestStore } from './release-request-store.ts';
import { ReleaseStore } from './release-store.ts';
import { RepeatStore } from './repeat-store.ts';
import { ResultStore } from './result-store.ts';
import { ReviewStore } from './review-store.ts';
import { RunListStore } from './run-list-store.ts';
import { RunStore } from './run-store.ts';
import { ScorerFileStore } from './scorer-file-store.ts';
import { ScoringStore } from './scoring-store.ts';
import { SpanMessageStore } from './span-message-store.ts';
import { TraceStore } from './trace-store.ts';
import { TrainedBaselineStore } from './trained-baseline-store.ts';
import { UnobservedCallStore } from './unobserved-call-store.ts';
import { UsageStore } from './usage-store.ts';

export type Stores = ReturnType<typeof createStores>;

/** Every store over one database. */
export const createStores = (database: Database) => ({
  projects: new ProjectStore(database),
  prompts: new PromptStore(database),
  evalSets: new EvalSetStore(database),
  caseDrafts: new CaseDraftStore(database),
  runs: new RunStore(database),
  runLists: new RunListStore(database),
  keptRuns: new KeptRunStore(database),
  batches: new BatchStore(database),
  results: new ResultStore(database),
  scorings: new ScoringStore(database),
  caseOutcomes: new CaseOutcomeStore(database),
  repeats: new RepeatStore(database),
  scorerFiles: new ScorerFileStore(database),
  reviews: new ReviewStore(database),
  categories: new CategoryStore(database),
  judgeLabels: new JudgeLabelStore(database),
  comments: new CommentStore(database),
  people: new PersonStore(database),
  releaseRequests: new ReleaseRequestStore(database),
  releases: new ReleaseStore(database),
  observations: new ObservationStore(database),
  unobservedCalls: new UnobservedCallStore(database),
  redaction: new RedactionStore(database),
  productionTexts: new ProductionTextStore(database),
  observationFigures: new ObservationFigures(database),
  alerts: new AlertStore(database),
  alertDeliveries: new AlertDeliveryStore(database),
  onlineScorings: new OnlineScoringStore(database),
  onlineRates: new OnlineRateStore(database),
  traces: new TraceStore(database),
  spanMessages: new SpanMessageStore(database),
  trainedBaselines: new TrainedBaselineStore(database),
  labelAudits: new LabelAuditStore(database),
  connections: new ConnectionStore(database),
  prices: new PriceStore(database),
  usage: new UsageStore(database),
});
