import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ObservationId } from '../../../server/domain/ids.ts';
import { isSampled } from '../../../server/domain/online-scoring.ts';
import type { Release } from '../../../server/domain/release.ts';
import { parseScorerSpec } from '../../../server/domain/scorer-spec.ts';
import { passRateByRelease } from '../../../server/services/monitor/online-rates.ts';
import {
  listOnlineScoring,
  startOnlineScoring,
  stopOnlineScoring,
} from '../../../server/services/monitor/online-scoring.ts';
import { scoreOnline, scoreWaiting } from '../../../server/services/monitor/score-online.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { storedCall, storedRelease } from '../../fixtures/production-calls.ts';
import { seedProject } from '../../fixtures/seeded-project.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const going = new AbortController().signal;
const epoch = new Date(0);

let test: TestWorkbench;
let workbench: Workbench;
beforeAll(async () => {
  test = await openTestWorkbench();
  workbench = test.workbench;
});
afterAll(() => test.close());

let projects = 0;
/** A project of its own with a released prompt. */
async function start() {
  const seeded = await seedProject(workbench, { name: `Reviews ${++projects}` });
  const release = await storedRelease(workbench, seeded);
  const begin = (about: { scorers?: string[]; share?: number; days?: number } = {}, now = new Date()) => {
    const { scorers = ['contains:positive'], ...rest } = about;
    const asked = { prompt: 'classify', share: 1, days: 0, author: 'Ada', ...rest };
    return startOnlineScoring(workbench, seeded.project, { ...asked, scorers: scorers.map(parseScorerSpec) }, now);
  };
  const call = (output: string, more: Parameters<typeof storedCall>[4] = {}, of: Release | null = release) =>
    storedCall(workbench, seeded, of, output, more);
  const outcomes = async (ids: readonly ObservationId[]) =>
    Promise.all(
      ids.map(async (id) => (await workbench.stores.onlineScorings.scoresOf(id)).map(({ outcome }) => outcome)),
    );
  const only = async (id: ObservationId) => (await workbench.stores.onlineScorings.scoresOf(id))[0];
  return { ...seeded, release, begin, call, outcomes, only };
}

describe('online scoring', () => {
  it('scores what comes after it began, by the output alone', async () => {
    const { begin, call, outcomes, only } = await start();
    const before = await call('positive');
    await begin({ scorers: ['contains:positive', 'json-valid'] });
    const after = [await call('"positive"'), await call('positive'), await call('{}')];
    const unknown = await call('"positive"', {}, null);
    await scoreWaiting(workbench, going);
    expect(await outcomes([before, ...after, unknown])).toEqual([[], ['passed'], ['failed'], ['failed'], []]);
    expect((await only(after[1] ?? before))?.scores).toMatchObject([
      { scorer: 'contains:positive', passed: true, explanation: expect.stringContaining('contains') },
      { scorer: 'json-valid', passed: false },
    ]);
  });

  it('draws the share that was asked for, by the hash of the ids', async () => {
    const { prompt, begin, call, outcomes } = await start();
    await begin({ share: 0.3 });
    const ids: ObservationId[] = [];
    for (let count = 0; count < 250; count++) ids.push(await call('positive'));
    await scoreWaiting(workbench, going);
    const scored = (await outcomes(ids)).map((one) => one.length > 0);
    expect(scored).toEqual(ids.map((id) => isSampled(prompt.id, id, 0.3)));
    expect(scored).toContain(true);
    expect(scored).toContain(false);
  });

  it('goes on in a new process where the last one stood, and scores nothing twice', async () => {
    const { project, begin, call, outcomes } = await start();
    await begin();
    const first = await call('positive');
    const stop = new AbortController();
    const running = scoreOnline(workbench, stop.signal, (error) => expect.unreachable(String(error)));
    await expect.poll(() => outcomes([first])).toEqual([['passed']]);
    stop.abort();
    await running;
    const missed = [await call('negative'), await call('positive')];
    expect((await listOnlineScoring(workbench, project))[0]?.waiting).toBe(2);
    workbench = await test.reopen();
    await scoreWaiting(workbench, going);
    expect(await outcomes([first, ...missed])).toEqual([['passed'], ['failed'], ['passed']]);
    expect((await listOnlineScoring(workbench, project))[0]?.waiting).toBe(0);
  });

  it('keeps what a stopped scoring had judged and scores nothing more', async () => {
    const { project, prompt, begin, call, outcomes } = await start();
    await begin();
    const scored = await call('positive');
    await scoreWaiting(workbench, going);
    await stopOnlineScoring(workbench, project, 'classify');
    const later = await call('positive');
    await scoreWaiting(workbench, going);
    expect(await outcomes([scored, later])).toEqual([['passed'], []]);
    expect(await passRateByRelease(workbench, prompt, epoch)).toMatchObject([{ rates: { passed: 1, n: 1 } }]);
  });

  it('scores stored calls of the last days as a new generation, and the earlier scores stay', async () => {
    const { project, prompt, release, begin, call, outcomes } = await start();
    const now = new Date();
    const daysAgo = (days: number) => ({ createdAt: new Date(now.getTime() - days * 86_400_000).toISOString() });
    const ids = [await call('positive', daysAgo(9)), await call('positive', daysAgo(6)), await call('{}', daysAgo(1))];
    await begin({ days: 30 }, now);
    await scoreWaiting(workbench, going);
    const next = await begin({ scorers: ['json-valid'], days: 7 }, now);
    expect(next.number).toBe(2);
    await scoreWaiting(workbench, going);
    expect(await outcomes(ids)).toEqual([['passed'], ['failed', 'passed'], ['passed', 'failed']]);
    expect(await passRateByRelease(workbench, prompt, epoch)).toMatchObject([
      { release: release.id, rates: { passed: 1, failed: 1 } },
    ]);
    expect((await listOnlineScoring(workbench, project))[0]?.generations).toMatchObject([
      { number: 2, typed: ['json-valid'], endedAt: null },
      { number: 1, typed: ['contains:positive'], endedAt: expect.any(String) },
    ]);
  });

  it('leaves nothing out where one generation follows another before it came to all', async () => {
    const { begin, call, outcomes } = await start();
    await begin();
    const waits = await call('{}');
    await begin({ scorers: ['json-valid'] });
    await scoreWaiting(workbench, going);
    expect(await outcomes([waits])).toEqual([['passed']]);
  });

  it('begins nothing anew where the same is asked for', async () => {
    const { begin } = await start();
    const first = await begin({ scorers: ['2*json-valid'] });
    expect(await begin({ scorers: ['json-valid'] })).toEqual(first);
    expect((await begin({ scorers: ['json-valid'], share: 0.5 })).number).toBe(2);
  });

  it('counts what could not be judged as an error beside the rate', async () => {
    const { prompt, begin, call, only } = await start();
    await begin({ scorers: ['tokens:<=10', 'javascript:output.nothing.here'] });
    const measured = await call('positive', { inputTokens: 5, outputTokens: 5 });
    const unmeasured = await call('positive');
    await scoreWaiting(workbench, going);
    expect(await only(measured)).toMatchObject({
      outcome: 'error',
      scores: [{ passed: true }, { failure: 'script_failed' }],
    });
    expect(await only(unmeasured)).toMatchObject({ scores: [{ failure: 'not_measured' }, {}] });
    expect(await passRateByRelease(workbench, prompt, epoch)).toMatchObject([
      { rates: { n: 0, errors: 2, passRate: null } },
    ]);
  });

  it('judges by a file of one’s own as it was when it began, with what the model was asked', async () => {
    const { begin, call, outcomes } = await start();
    await mkdir(workbench.scorersDirectory, { recursive: true });
    const file = path.join(workbench.scorersDirectory, 'asked.js');
    await writeFile(file, 'export default ({ messages, variables }) => messages[1].content === variables.review;');
    await begin({ scorers: ['script:asked'] });
    await writeFile(file, 'export default () => false;');
    const id = await call('positive');
    await scoreWaiting(workbench, going);
    expect(await outcomes([id])).toEqual([['passed']]);
    await writeFile(file, 'export default ({ output, expected }) => output === expected;');
    await expect(begin({ scorers: ['script:asked'] })).rejects.toMatchObject({ code: 'online_scorer_needs_expected' });
  });

  it.each([
    ['rubric:It is polite', 'online_scorer_asks_model'],
    ['similarity:0.8', 'online_scorer_asks_model'],
    ['label', 'online_scorer_needs_expected'],
    ['contains', 'online_scorer_needs_expected'],
    ['javascript:output === expected', 'online_scorer_needs_expected'],
    ['any-of:["json-valid","not:exact"]', 'online_scorer_needs_expected'],
    ['all-of:["json-valid","any-of:[\\"rubric:x\\"]"]', 'online_scorer_asks_model'],
    ['finish-reason', 'online_scorer_not_reported'],
    ['length:many', 'scorer_argument_invalid'],
    ['nothing', 'scorer_missing'],
  ])('refuses %s with the reason', async (scorer, code) => {
    const { begin } = await start();
    await expect(begin({ scorers: ['json-valid', scorer] })).rejects.toMatchObject({ code });
  });

  it('goes on with others where one generation can’t be judged, says so once, and tries that again', async () => {
    const [one, other] = [await start(), await start()];
    await one.begin();
    await other.begin();
    const [first, second] = [await one.call('positive'), await other.call('positive')];
    const { prompts } = workbench.stores;
    const getVersion = prompts.getVersion.bind(prompts);
    const breaking = vi.spyOn(prompts, 'getVersion').mockImplementation((id) => {
      if (id === one.release.promptVersionId) throw new Error('the disk is full');
      return getVersion(id);
    });
    const stop = new AbortController();
    const warned: unknown[] = [];
    const running = scoreOnline(workbench, stop.signal, (error) => warned.push(error));
    await expect.poll(() => other.outcomes([first, second]), { timeout: 5000 }).toEqual([[], ['passed']]);
    await expect.poll(() => breaking.mock.calls.length, { timeout: 5000 }).toBeGreaterThan(2);
    breaking.mockRestore();
    await expect.poll(() => one.outcomes([first]), { timeout: 5000 }).toEqual([['passed']]);
    stop.abort();
    await running;
    expect(warned).toHaveLength(1);
  });

  it('scores a call of the last days also where a trace brought an older one after it', async () => {
    const { begin, call, outcomes } = await start();
    const now = new Date();
    const daysAgo = (days: number) => ({ createdAt: new Date(now.getTime() - days * 86_400_000).toISOString() });
    const recent = await call('positive', daysAgo(2));
    await call('positive', daysAgo(30));
    await begin({ days: 7 }, now);
    await scoreWaiting(workbench, going);
    expect(await outcomes([recent])).toEqual([['passed']]);
  });
});
