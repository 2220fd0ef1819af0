import { expect, it } from 'vitest';
import type { ObservationId, OnlineScoringId } from '../../server/domain/ids.ts';
import type { Judgement } from '../../server/domain/result.ts';
import type { NamedScore } from '../../server/domain/scorer.ts';
import { parseScorerSpec } from '../../server/domain/scorer-spec.ts';
import { bareCall } from '../fixtures/production-calls.ts';
import type { Opened } from './store-contract.ts';
import { seed } from './store-seed.ts';

const score = (scorer: string, passed: boolean, more: Partial<NamedScore> = {}): NamedScore => ({
  scorer,
  value: passed ? 1 : 0,
  passed,
  answer: null,
  explanation: 'because',
  ...more,
});
const judgement = (outcome: Judgement['outcome'], ...scores: NamedScore[]): Judgement => ({
  outcome,
  value: outcome === 'passed' ? 1 : outcome === 'failed' ? 0 : null,
  scores,
});

export function onlineScoringContract(opened: Opened): void {
  const start = async () => {
    const { stores } = opened();
    const seeded = await seed(stores);
    const { project, prompt, version } = seeded;
    const releaseOf = (promptId = prompt.id) =>
      stores.releases.create({
        projectId: project.id,
        promptId,
        promptVersionId: version.id,
        model: 'openai/test-model',
        parameters: {},
        evidence: { runs: [], criteria: [] },
        note: '',
        approvedBy: 'Grace',
      });
    const release = await releaseOf();
    const observe = async (releaseId: typeof release.id | null = release.id, createdAt?: string) =>
      (
        await stores.observations.add({
          projectId: project.id,
          releaseId,
          input: { review: 'Lovely' },
          output: 'positive',
          createdAt,
          ...bareCall,
        })
      ).id;
    const begin = (
      scorers: string[],
      more: { share?: number; unreleased?: boolean; fromId?: ObservationId | 0 } = {},
    ) =>
      stores.onlineScorings.begin(prompt.id, {
        scorers: scorers.map(parseScorerSpec),
        share: 0.5,
        unreleased: false,
        fromId: 0,
        author: 'Ada',
        ...more,
      });
    return {
      ...seeded,
      stores,
      scorings: stores.onlineScorings,
      rates: stores.onlineRates,
      release,
      releaseOf,
      observe,
      begin,
    };
  };

  it('counts generations up, and of a prompt only the newest scores what comes, until it is ended', async () => {
    const { scorings, prompt, project, begin } = await start();
    expect(await scorings.newest(prompt.id)).toBeNull();
    const first = await begin(['json-valid'], { share: 0.1 });
    expect(first).toMatchObject({ number: 1, share: 0.1, fromId: 0, seenId: 0, endedAt: null, author: 'Ada' });
    expect(first.scorers).toEqual([parseScorerSpec('json-valid')]);
    const second = await begin(['refusal']);
    expect(await scorings.live()).toEqual([{ ...second, projectId: project.id }]);
    expect((await scorings.list(prompt.id)).map(({ number, endedAt }) => [number, endedAt === null])).toEqual([
      [2, true],
      [1, false],
    ]);
    await scorings.end(prompt.id);
    expect(await scorings.live()).toEqual([]);
    expect((await scorings.newest(prompt.id))?.id).toBe(second.id);
  });

  it('keeps what a generation is as it was begun', async () => {
    const { begin } = await start();
    await begin(['json-valid']);
    for (const change of [
      "scorers = '[]'",
      'share = 1',
      'fromId = 5',
      "author = 'Eve'",
      'unreleased = 1',
      "createdAt = ''",
    ]) {
      await expect(opened().execute(`update onlineScoring set ${change}`)).rejects.toThrow('append-only');
    }
    await expect(opened().execute('delete from onlineScoring')).rejects.toThrow('append-only');
  });

  it('draws from the calls of the prompt’s releases alone, in order, after the last one and up to one', async () => {
    const { stores, scorings, project, prompt, releaseOf, observe } = await start();
    const other = await stores.prompts.create(project.id, 'Other');
    const foreign = await releaseOf(other.id);
    const second = await releaseOf();
    const ids = [
      await observe(),
      await observe(null),
      await observe(foreign.id),
      await observe(second.id),
      await observe(),
    ];
    const from = { promptId: prompt.id, unreleased: false };
    const draw = async (after: number, last: number, limit = 9, unreleased = false) =>
      (await scorings.drawFrom({ ...from, unreleased }, after, last, limit)).map(({ id }) => ids.indexOf(id));
    expect(await draw(0, ids[4] ?? 0)).toEqual([0, 3, 4]);
    expect(await draw(0, ids[4] ?? 0, 2)).toEqual([0, 3]);
    expect(await draw(ids[0] ?? 0, ids[3] ?? 0)).toEqual([3]);
    // With those that name no release, of this project alone.
    const elsewhere = await stores.projects.create('Elsewhere');
    const {
      projectId: _,
      id: _id,
      caseId: _case,
      ...common
    } = await stores.observations.get(ids[1] ?? (0 as ObservationId));
    ids.push((await stores.observations.add({ ...common, projectId: elsewhere.id })).id);
    expect(await draw(0, ids[5] ?? 0, 9, true)).toEqual([0, 1, 3, 4]);
    expect(await scorings.countAfter({ ...from, unreleased: true }, ids[0] ?? 0)).toBe(3);
    expect(await scorings.countAfter(from, ids[0] ?? 0)).toBe(2);
    expect((await scorings.drawFrom(from, 0, ids[4] ?? 0, 1))[0]).toMatchObject({ input: { review: 'Lovely' } });
  });

  it('knows the last call, and the last before all of a release since an instant', async () => {
    const { scorings, prompt, release, observe } = await start();
    const before = (day: number) =>
      scorings.lastBefore({ promptId: prompt.id, unreleased: false }, `2026-03-0${day}T00:00:00.000Z`);
    expect([await scorings.lastObservation(), await before(1)]).toEqual([0, 0]);
    const early = await observe(release.id, '2026-03-01T00:00:00.000Z');
    const late = await observe(release.id, '2026-03-05T00:00:00.000Z');
    expect(await scorings.lastObservation()).toBe(late);
    expect([await before(5), await before(1), await before(6)]).toEqual([early, 0, late]);
    // Of no release of the prompt, and a trace that comes late.
    await observe(null, '2026-03-07T00:00:00.000Z');
    const past = await observe(release.id, '2026-03-02T00:00:00.000Z');
    expect([await before(5), await before(6)]).toEqual([early, past]);
  });

  it('keeps scores with how far the generation came, once, and never goes back', async () => {
    const { scorings, prompt, observe, begin } = await start();
    const scoring = await begin(['json-valid']);
    const [one, two] = [await observe(), await observe()];
    const passed = judgement('passed', score('json-valid', true));
    expect(await scorings.add(scoring.id, [{ observationId: one, judgement: passed }], two)).toBe(true);
    await scorings.add(scoring.id, [{ observationId: one, judgement: judgement('failed') }], one);
    await scorings.end(prompt.id);
    expect(await scorings.add(scoring.id, [{ observationId: two, judgement: passed }], two)).toBe(false);
    expect(await scorings.scoresOf(one)).toEqual([{ ...passed, number: 1, createdAt: expect.any(String) }]);
    expect(await scorings.scoresOf(two)).toEqual([]);
    expect((await scorings.newest(prompt.id))?.seenId).toBe(two);
  });

  it('counts outcomes by release and slice, each call once by the newest of the generations with the same scorers', async () => {
    const { scorings, rates, project, release, releaseOf, observe, begin } = await start();
    const second = await releaseOf();
    const at = (minute: number, of = release) => observe(of.id, new Date(minute * 60_000).toISOString());
    const ids = [await at(0), await at(1), await at(61), await at(62, second), await at(63), await at(64)];
    const add = (id: OnlineScoringId, outcomes: Record<number, Judgement['outcome']>) =>
      scorings.add(
        id,
        Object.entries(outcomes).flatMap(([at, outcome]) => {
          const observationId = ids[Number(at)];
          return observationId === undefined ? [] : [{ observationId, judgement: judgement(outcome) }];
        }),
        0,
      );
    const old = await begin(['json-valid']);
    await add(old.id, { 0: 'failed', 1: 'passed' });
    const different = await begin(['refusal']);
    await add(different.id, { 0: 'error', 5: 'error' });
    const newest = await begin(['json-valid'], { share: 1 });
    await add(newest.id, { 0: 'passed', 2: 'no_answer', 3: 'passed', 4: 'error' });
    const none = { passed: 0, failed: 0, noAnswer: 0, errors: 0 };
    const measure = { scoring: newest.id };
    const since = new Date(0).toISOString();
    expect(await rates.slices(project.id, since, 3_600_000, measure)).toEqual([
      { ...none, start: 0, releaseId: release.id, passed: 2 },
      { ...none, start: 3_600_000, releaseId: release.id, failed: 1, noAnswer: 1, errors: 1 },
      { ...none, start: 3_600_000, releaseId: second.id, passed: 1 },
    ]);
    expect(await rates.byRelease(project.id, new Date(3_600_000).toISOString(), measure)).toEqual([
      { ...none, releaseId: release.id, failed: 1, noAnswer: 1, errors: 1 },
      { ...none, releaseId: second.id, passed: 1 },
    ]);
    expect(await rates.byRelease(project.id, since, { scoring: different.id })).toEqual([
      { ...none, releaseId: release.id, errors: 2 },
    ]);
  });

  it('counts one scorer by itself', async () => {
    const { scorings, rates, project, release, observe, begin } = await start();
    const { id } = await begin(['json-valid', 'contains:refund']);
    const failure = { value: null, failure: 'not_measured' as const };
    const given = [
      judgement('failed', score('json-valid', true), score('contains:refund', false)),
      judgement('failed', score('json-valid', false), score('contains:refund', false, { value: null })),
      judgement('error', score('json-valid', true), score('contains:refund', false, failure)),
    ];
    const scored = [];
    for (const one of given) scored.push({ observationId: await observe(), judgement: one });
    await scorings.add(id, scored, 0);
    const since = new Date(0).toISOString();
    const of = (scorer: string) => rates.byRelease(project.id, since, { scoring: id, scorer });
    expect(await of('json-valid')).toEqual([{ releaseId: release.id, passed: 2, failed: 1, noAnswer: 0, errors: 0 }]);
    expect(await of('contains:refund')).toEqual([
      { releaseId: release.id, passed: 0, failed: 2, noAnswer: 1, errors: 1 },
    ]);
    expect(await of('refusal')).toEqual([]);
  });

  it('sums up what the calls of a release reported, each figure over those that reported it', async () => {
    const { stores, rates, project, release } = await start();
    const report = (about: { latencyMs?: number; costUsd?: number; feedback?: 'up' | 'down'; createdAt?: string }) =>
      stores.observations.add({
        projectId: project.id,
        releaseId: release.id,
        input: {},
        output: '',
        inputTokens: null,
        outputTokens: null,
        latencyMs: null,
        costUsd: null,
        feedback: null,
        feedbackNote: '',
        createdAt: '2026-03-02T00:00:00.000Z',
        ...about,
      });
    const none = { calls: 0, up: 0, down: 0, costUsd: 0, priced: 0, latencyP95Ms: null, timed: 0 };
    const since = '2026-03-01T00:00:00.000Z';
    expect(await rates.reported(release.id, since)).toEqual(none);
    for (let ms = 40; ms >= 1; ms--) await report({ latencyMs: ms });
    await report({ feedback: 'up', costUsd: 0.5 });
    await report({ feedback: 'down', costUsd: 0.25 });
    await report({ feedback: 'up', latencyMs: 900, createdAt: '2026-02-28T23:59:59.999Z' });
    expect(await rates.reported(release.id, since)).toEqual({
      calls: 42,
      up: 1,
      down: 1,
      costUsd: 0.75,
      priced: 2,
      latencyP95Ms: 38,
      timed: 40,
    });
  });

  it('finds calls by what the newest scores say, as a whole and by one scorer', async () => {
    const { stores, scorings, project, observe, begin } = await start();
    const old = await begin(['json-valid']);
    const ids = [await observe(), await observe(), await observe(), await observe()];
    const add = (id: OnlineScoringId, at: number, one: Judgement) =>
      scorings.add(id, [{ observationId: ids[at] as ObservationId, judgement: one }], 0);
    await add(old.id, 0, judgement('failed', score('json-valid', false)));
    await add(old.id, 1, judgement('error', score('json-valid', false, { value: null, failure: 'scorer_failed' })));
    const next = await begin(['json-valid', 'refusal']);
    await add(next.id, 0, judgement('passed', score('json-valid', true), score('refusal', true)));
    await add(next.id, 2, judgement('no_answer', score('json-valid', true), score('refusal', false, { value: null })));
    const find = async (outcome: 'passed' | 'failed' | 'error', scorer?: string) =>
      (await stores.observations.list(project.id, { scored: { outcome, scorer } })).map(({ id }) => ids.indexOf(id));
    expect(await find('passed')).toEqual([0]);
    expect(await find('failed')).toEqual([2]);
    expect(await find('error')).toEqual([1]);
    expect(await find('passed', 'json-valid')).toEqual([2, 0]);
    expect(await find('failed', 'json-valid')).toEqual([]);
    expect(await find('failed', 'refusal')).toEqual([2]);
    expect(await find('error', 'json-valid')).toEqual([1]);
    const outcomes = await Promise.all(ids.map((id) => scorings.outcomeOf(id)));
    expect(outcomes).toEqual(['passed', 'error', 'no_answer', null]);
  });
}
