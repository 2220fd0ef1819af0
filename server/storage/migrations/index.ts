import type { Migration } from 'kysely/migration';
import * as initial from './001-initial.ts';
import * as confidence from './002-confidence.ts';
import * as modelSpeed from './003-model-speed.ts';
import * as trainedBaseline from './004-trained-baseline.ts';
import * as resultSearch from './005-result-search.ts';
import * as caseGroup from './006-case-group.ts';
import * as labelDecision from './007-label-decision.ts';
import * as keptRuns from './008-kept-runs.ts';
import * as comments from './009-comments.ts';
import * as assistedScoring from './010-assisted-scoring.ts';
import * as caseLanguage from './011-case-language.ts';
import * as judgeLabel from './012-judge-label.ts';
import * as connectionLimit from './013-connection-limit.ts';
import * as categoryChange from './014-category-change.ts';
import * as batch from './015-batch.ts';
import * as scorerFile from './016-scorer-file.ts';
import * as holdoutIndex from './017-holdout-index.ts';
import * as countedScoring from './018-counted-scoring.ts';
import * as toolCalls from './019-tool-calls.ts';
import * as replyIndex from './020-reply-index.ts';
import * as people from './021-people.ts';
import * as scopeComments from './022-scope-comments.ts';
import * as caseDrafts from './023-case-drafts.ts';
import * as prices from './024-prices.ts';
import * as traces from './025-traces.ts';
import * as redaction from './026-redaction.ts';
import * as onlineScoring from './027-online-scoring.ts';
import * as alerts from './028-alerts.ts';
import * as caseScorers from './029-case-scorers.ts';
import * as unobservedCalls from './030-unobserved-calls.ts';
import * as changedRules from './031-changed-rules.ts';
import * as runPrice from './032-run-price.ts';
import * as draftingOwner from './033-drafting-owner.ts';
import * as deletedLooks from './034-deleted-looks.ts';

/** In order of their names; a migration that was once released is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-initial': initial,
  '002-confidence': confidence,
  '003-model-speed': modelSpeed,
  '004-trained-baseline': trainedBaseline,
  '005-result-search': resultSearch,
  '006-case-group': caseGroup,
  '007-label-decision': labelDecision,
  '008-kept-runs': keptRuns,
  '009-comments': comments,
  '010-assisted-scoring': assistedScoring,
  '011-case-language': caseLanguage,
  '012-judge-label': judgeLabel,
  '013-connection-limit': connectionLimit,
  '014-category-change': categoryChange,
  '015-batch': batch,
  '016-scorer-file': scorerFile,
  '017-holdout-index': holdoutIndex,
  '018-counted-scoring': countedScoring,
  '019-tool-calls': toolCalls,
  '020-reply-index': replyIndex,
  '021-people': people,
  '026-redaction': redaction,
  '027-online-scoring': onlineScoring,
  '022-scope-comments': scopeComments,
  '024-prices': prices,
  '025-traces': traces,
  '028-alerts': alerts,
  '029-case-scorers': caseScorers,
  '023-case-drafts': caseDrafts,
  '030-unobserved-calls': unobservedCalls,
  '031-changed-rules': changedRules,
  '032-run-price': runPrice,
  '033-drafting-owner': draftingOwner,
  '034-deleted-looks': deletedLooks,
};
