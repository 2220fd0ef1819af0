import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readProjectFolder } from '../../../server/formats/project-folder.ts';
import { iterationChart } from '../../../server/services/evaluate/iteration-chart.ts';
import { listRuns } from '../../../server/services/evaluate/run-overview.ts';
import { openSample } from '../../../server/services/sample/open-sample.ts';
import { executeWaitingRuns } from '../../../server/services/sample/waiting-runs.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { openTestWorkbench, projectRoot, type TestWorkbench, testModel } from '../../fixtures/workbench.ts';

const { versions } = await readProjectFolder(path.join(projectRoot, 'prompts', 'restaurant-reviews'));
const onHoldout = versions.filter(({ holdout }) => holdout).length;

let test: TestWorkbench;
beforeEach(async () => {
  test = await openTestWorkbench();
});
afterEach(() => test.close());

/** What the sample holds, in a form that can be compared. */
async function contents(workbench: Workbench) {
  const { stores } = workbench;
  const [project, ...others] = await stores.projects.list();
  if (project === undefined) return null;
  const [prompt] = await stores.prompts.list(project.id);
  const runs = (await listRuns(workbench, project)).reverse();
  return {
    others: others.length,
    scope: await stores.projects.scope(project.id),
    parents: prompt && (await stores.prompts.versions(prompt.id)).map(({ number, parent }) => [number, parent]).sort(),
    runs: runs.map(({ version, set, setVersion, split, status, model }) => [
      version,
      set,
      setVersion,
      split,
      status,
      model,
    ]),
  };
}

describe('the sample', () => {
  it('opens in an empty workbench, and its runs execute live on the stand-in without a network', async () => {
    const { workbench } = test;
    const project = await openSample(workbench, projectRoot);
    if (project === null) throw new Error('there was a project');
    await executeWaitingRuns(workbench);
    const runs = (await listRuns(workbench, project)).reverse();
    const total = versions.length + onHoldout;
    expect(runs.map((run) => [run.status, run.errors, run.standIn])).toEqual(Array(total).fill(['completed', 0, true]));
    const { target, series } = await iterationChart(workbench, project);
    expect(target).toBe(0.8);
    const points = (split: string) => series.find((one) => one.split === split)?.segments.flat();
    expect(points('dev')).toHaveLength(versions.length);
    expect(points('holdout')).toHaveLength(onHoldout);
    // The bare prompt names no label: what the next one gains is gained by the format first, and the counts say so.
    expect(runs[0]?.noAnswer).toBeGreaterThan(runs[1]?.noAnswer ?? 0);
    expect(await openSample(workbench, projectRoot)).toBeNull();
  });

  it('leaves runs of models elsewhere to a person', async () => {
    const { workbench, server } = test;
    const project = await openSample(workbench, projectRoot, testModel);
    if (project === null) throw new Error('there was a project');
    await executeWaitingRuns(workbench, { isReady: async () => true });
    expect(new Set((await listRuns(workbench, project)).map(({ status }) => status))).toEqual(new Set(['queued']));
    expect(server.count).toBe(0);
  });

  it('opens beside no other project', async () => {
    await test.workbench.stores.projects.create('Restaurant reviews');
    expect(await openSample(test.workbench, projectRoot)).toBeNull();
    expect(await contents(test.workbench)).toMatchObject({ others: 0, scope: null, runs: [] });
  });

  it('is completed by the next start where starts were killed over it', async () => {
    const other = await openTestWorkbench();
    await openSample(other.workbench, projectRoot);
    const whole = await contents(other.workbench);
    await other.close();

    const killed = new Error('killed');
    const killings: ((stores: Workbench['stores']) => void)[] = [
      ({ evalSets }) => vi.spyOn(evalSets, 'createWithCases').mockRejectedValueOnce(killed),
      ({ prompts }) => vi.spyOn(prompts, 'create').mockRejectedValueOnce(killed),
      ({ prompts }) => {
        const add = prompts.addVersion.bind(prompts);
        vi.spyOn(prompts, 'addVersion').mockImplementationOnce(add).mockRejectedValueOnce(killed);
      },
      ({ runs }) => {
        const create = runs.create.bind(runs);
        vi.spyOn(runs, 'create').mockImplementationOnce(create).mockRejectedValueOnce(killed);
      },
    ];
    let { workbench } = test;
    for (const kill of killings) {
      kill(workbench.stores);
      await expect(openSample(workbench, projectRoot)).rejects.toBe(killed);
      workbench = await test.reopen();
    }
    await openSample(workbench, projectRoot);
    await openSample(workbench, projectRoot);
    expect(await contents(workbench)).toEqual(whole);
  });
});
