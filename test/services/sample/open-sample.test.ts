import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { iterationChart } from '../../../server/services/evaluate/iteration-chart.ts';
import { listRuns } from '../../../server/services/evaluate/run-overview.ts';
import { openWorkbench } from '../../../server/services/open-workbench.ts';
import { openSample } from '../../../server/services/sample/open-sample.ts';
import { executeWaitingRuns } from '../../../server/services/sample/waiting-runs.ts';

const programDirectory = path.resolve(import.meta.dirname, '../../..');
const folder = await mkdtemp(path.join(tmpdir(), 'whetstone-sample-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the sample', () => {
  it('opens in an empty workbench, and its runs execute live on the stand-in without a network', async () => {
    const { workbench, close } = await openWorkbench({
      dataDirectory: folder,
      programDirectory,
      environment: { get: () => undefined, secrets: () => [] },
      detection: [],
      version: 'test',
    });
    const project = await openSample(workbench, programDirectory);
    if (project === null) throw new Error('there was a project');
    expect(await openSample(workbench, programDirectory)).toBeNull();
    expect((await listRuns(workbench, project)).map((run) => run.status)).toEqual([
      'queued',
      'queued',
      'queued',
      'queued',
    ]);
    await executeWaitingRuns(workbench);
    const runs = (await listRuns(workbench, project)).reverse();
    expect(runs.map((run) => [run.status, run.errors, run.standIn])).toEqual(Array(4).fill(['completed', 0, true]));
    const { target, series } = await iterationChart(workbench, project);
    expect(target).toBe(0.8);
    expect(series.find((one) => one.split === 'dev')?.segments.flat()).toHaveLength(3);
    expect(series.find((one) => one.split === 'holdout')?.segments.flat()).toHaveLength(1);
    // The bare prompt names no label: what the next one gains is gained by the format first, and the counts say so.
    expect(runs[0]?.noAnswer).toBeGreaterThan(runs[1]?.noAnswer ?? 0);
    await close();
  });
});
