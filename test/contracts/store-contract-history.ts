import { expect, it } from 'vitest';
import { firstRules } from '../../server/domain/redaction/rules.ts';
import { emptyScope } from '../../server/domain/scope.ts';
import type { Opened } from './store-contract.ts';
import { trained } from './store-contract-trained-baselines.ts';
import { answered, seed, store } from './store-seed.ts';

/** Tables whose rows are history, with a column that someone might want to change. */
const appendOnly = [
  ['scope', 'content'],
  ['promptVersion', 'content'],
  ['evalSetVersion', 'note'],
  ['runEvent', 'content'],
  ['scoring', 'scorers'],
  ['judgement', 'outcome'],
  ['review', 'note'],
  ['release', 'evidence'],
  ['labelMove', 'reason'],
  ['trainedBaseline', 'predictions'],
  ['labelDecision', 'note'],
  ['judgeLabel', 'note'],
  ['releaseRequest', 'evidence'],
  ['requestEvent', 'text'],
  ['redactionRules', 'content'],
  ['storedRedaction', 'author'],
] as const;

export function historyContract(opened: Opened): void {
  const fill = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { project, prompt, version, run, cases } = seeded;
    const [item] = cases;
    if (!item) throw new Error('there are three cases');
    await store(stores, seeded, [answered(item, 'passed')]);
    const [judged] = await stores.results.page(run.id);
    if (!judged) throw new Error('a result was stored');
    await stores.projects.saveScope(project.id, { ...emptyScope, dataMayLeave: true }, '');
    await stores.redaction.save(project.id, { rules: firstRules, author: '', base: 0 });
    await stores.redaction.addStored(project.id, { rules: 1, author: '', records: 0, changed: 0 });
    await stores.runs.addEvent(run.id, { type: 'note', text: '' });
    await stores.reviews.add({ resultId: judged.result.id, category: '', note: '', verdict: null, author: '' });
    const release = await stores.releases.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/test-model',
      parameters: {},
      evidence: { runs: [], criteria: [] },
      note: '',
      approvedBy: '',
    });
    const move = { promptId: prompt.id, label: 'production', releaseId: release.id, kind: 'move' as const };
    await stores.releases.moveLabel({ ...move, reason: '', author: '' });
    const request = await stores.releaseRequests.create({
      projectId: project.id,
      promptId: prompt.id,
      promptVersionId: version.id,
      model: 'openai/test-model',
      parameters: {},
      scopeId: null,
      evidence: { runs: [], criteria: [] },
      note: '',
      requestedBy: '',
      personId: null,
    });
    const said = { kind: 'commented' as const, text: '', case: null, releaseId: null, author: '', personId: null };
    await stores.releaseRequests.addEvent(request.id, said);
    await stores.trainedBaselines.add(trained(seeded));
    const label = { projectId: project.id, judge: 'a1b2', resultId: judged.result.id, passed: true };
    await stores.judgeLabels.add({ ...label, note: '', author: '' });
    await stores.labelAudits.add([{ caseId: item.id, note: '', author: '' }]);
  };

  it.each(appendOnly)('refuses to change or remove a row of %s, whoever asks', async (table, column) => {
    await fill();
    await expect(opened().execute(`update ${table} set ${column} = 'other'`)).rejects.toThrow(/append-only/);
    await expect(opened().execute(`delete from ${table}`)).rejects.toThrow(/append-only/);
  });

  it('keeps references whole', async () => {
    await fill();
    for (const table of ['project', 'prompt', 'evalCase', 'run', 'result']) {
      await expect(opened().execute(`delete from ${table}`)).rejects.toThrow(/FOREIGN KEY/);
    }
  });

  it('lets one attempt at an item count, and no more', async () => {
    await fill();
    const again = `insert into result select max(id) + 1, runId, caseId, repeat, attempt + 1, last, output, finishReason, inputTokens, outputTokens,
      cachedInputTokens, costUsd, latencyMs, calls, fromCache, servedModel, notes, errorCode, errorMessage, createdAt, confidence, toolCalls from result`;
    await expect(opened().execute(again)).rejects.toThrow(/UNIQUE/);
  });
}
