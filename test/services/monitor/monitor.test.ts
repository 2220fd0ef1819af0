import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../../server/domain/project.ts';
import { monitor } from '../../../server/services/monitor/monitor.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const now = new Date('2026-11-24T10:30:00.000Z');
const hour = 3_600_000;

describe('monitor', () => {
  let test: TestWorkbench;
  let project: Project;
  beforeAll(async () => {
    test = await openTestWorkbench();
    project = await test.workbench.stores.projects.create('Reviews');
    const observed = {
      releaseId: null,
      input: {},
      output: '',
      inputTokens: null,
      outputTokens: null,
      feedbackNote: '',
    };
    const add = (createdAt: string, about: { latencyMs?: number; costUsd?: number; feedback?: 'up' | 'down' }) =>
      test.workbench.stores.observations.add({
        projectId: project.id,
        latencyMs: null,
        costUsd: null,
        feedback: null,
        ...observed,
        ...about,
        createdAt,
      });
    await add('2026-11-24T09:05:00.000Z', { latencyMs: 100, costUsd: 0.25, feedback: 'up' });
    await add('2026-11-24T09:55:00.000Z', { latencyMs: 300, costUsd: 0.5, feedback: 'down' });
    await add('2026-11-24T10:00:00.000Z', { feedback: 'down' });
    await add('2026-11-20T23:59:59.999Z', { latencyMs: 50 });
    await add('2026-10-01T00:00:00.000Z', {});
  });
  afterAll(() => test.close());

  const nothingFailed = { failed: 0, unrecorded: 0 };
  const look = (days: number) => monitor(test.workbench, project, { days, now });

  it('shows a day by the hour', async () => {
    expect(await look(1)).toEqual({
      sliceMs: hour,
      buckets: [
        {
          start: '2026-11-24T09:00:00.000Z',
          release: null,
          version: null,
          count: 2,
          up: 1,
          down: 1,
          latencyMeanMs: 200,
          latencyMaxMs: 300,
          costUsd: 0.75,
          ...nothingFailed,
        },
        {
          start: '2026-11-24T10:00:00.000Z',
          release: null,
          version: null,
          count: 1,
          up: 0,
          down: 1,
          latencyMeanMs: null,
          latencyMaxMs: null,
          costUsd: null,
          ...nothingFailed,
        },
      ],
    });
  });

  it.each([
    [7, 6 * hour, ['2026-11-20T18:00:00.000Z', '2026-11-24T06:00:00.000Z']],
    [30, 24 * hour, ['2026-11-20T00:00:00.000Z', '2026-11-24T00:00:00.000Z']],
    [365, 7 * 24 * hour, ['2026-10-01T00:00:00.000Z', '2026-11-19T00:00:00.000Z']],
  ])('shows %d days in slices that can still be told apart', async (days, sliceMs, starts) => {
    const shown = await look(days);
    expect(shown.sliceMs).toBe(sliceMs);
    const found = shown.buckets.map(({ start }) => start);
    expect([...new Set(found)].slice(-2)).toEqual(starts.slice(-2));
  });

  it('shows its first slice whole', async () => {
    // Seven days before lies in the middle of a slice of six hours.
    const { observations } = test.workbench.stores;
    const early = { projectId: project.id, latencyMs: null, costUsd: null, feedback: null, releaseId: null };
    const rest = { input: {}, output: '', inputTokens: null, outputTokens: null, feedbackNote: '' };
    await observations.add({ ...early, ...rest, createdAt: '2026-11-17T06:00:00.000Z' });
    expect((await look(7)).buckets[0]).toMatchObject({ start: '2026-11-17T06:00:00.000Z', count: 1 });
  });
});
