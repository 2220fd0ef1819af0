import { afterEach, beforeEach, describe } from 'vitest';
import type { Stores } from '../../server/storage/stores.ts';
import { alertContract } from './store-contract-alerts.ts';
import { batchContract } from './store-contract-batches.ts';
import { caseDraftContract } from './store-contract-case-drafts.ts';
import { caseOutcomeContract } from './store-contract-case-outcomes.ts';
import { categoryContract } from './store-contract-categories.ts';
import { commentContract } from './store-contract-comments.ts';
import { evalSetContract } from './store-contract-eval-sets.ts';
import { historyContract } from './store-contract-history.ts';
import { judgeLabelContract } from './store-contract-judge-labels.ts';
import { labelAuditContract } from './store-contract-label-audits.ts';
import { observationContract } from './store-contract-observations.ts';
import { onlineScoringContract } from './store-contract-online-scoring.ts';
import { personContract } from './store-contract-people.ts';
import { priceContract } from './store-contract-prices.ts';
import { projectContract } from './store-contract-projects.ts';
import { promptContract } from './store-contract-prompts.ts';
import { redactionContract } from './store-contract-redaction.ts';
import { releaseRequestContract } from './store-contract-release-requests.ts';
import { releaseContract } from './store-contract-releases.ts';
import { resultSearchContract } from './store-contract-result-search.ts';
import { resultContract } from './store-contract-results.ts';
import { runListContract } from './store-contract-run-lists.ts';
import { runContract } from './store-contract-runs.ts';
import { scoringContract } from './store-contract-scorings.ts';
import { traceContract } from './store-contract-traces.ts';
import { trainedBaselineContract } from './store-contract-trained-baselines.ts';
import { unobservedCallContract } from './store-contract-unobserved-calls.ts';

/** Empty stores, and a way past them: no caller of the stores can write raw SQL. */
export type StoresUnderTest = { stores: Stores; execute(statement: string): Promise<void>; close(): Promise<void> };
/** The stores of the present test. */
export type Opened = () => StoresUnderTest;

/** What every database under the stores must do alike. */
export function storeContract(name: string, open: () => Promise<StoresUnderTest>): void {
  describe(`the stores over ${name}`, () => {
    let opened: StoresUnderTest;
    beforeEach(async () => {
      opened = await open();
    });
    afterEach(() => opened.close());
    const present: Opened = () => opened;

    describe('projects', () => projectContract(present));
    describe('prompts', () => promptContract(present));
    describe('evaluation sets', () => evalSetContract(present));
    describe('drafts of cases', () => caseDraftContract(present));
    describe('runs', () => runContract(present));
    describe('lists of runs', () => runListContract(present));
    describe('batches', () => batchContract(present));
    describe('results', () => resultContract(present));
    describe('scorings', () => scoringContract(present));
    describe('searching results', () => resultSearchContract(present));
    describe('outcomes of cases', () => caseOutcomeContract(present));
    describe('failure categories', () => categoryContract(present));
    describe('comments', () => commentContract(present));
    describe('people', () => personContract(present));
    describe('release requests', () => releaseRequestContract(present));
    describe('releases', () => releaseContract(present));
    describe('observations', () => observationContract(present));
    describe('calls that are not observed', () => unobservedCallContract(present));
    describe('alerts', () => alertContract(present));
    describe('redaction', () => redactionContract(present));
    describe('online scoring', () => onlineScoringContract(present));
    describe('traces', () => traceContract(present));
    describe('trained baselines', () => trainedBaselineContract(present));
    describe('label audits', () => labelAuditContract(present));
    describe('judge labels', () => judgeLabelContract(present));
    describe('prices', () => priceContract(present));
    describe('history', () => historyContract(present));
  });
}
