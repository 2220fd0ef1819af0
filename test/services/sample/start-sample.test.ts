import { describe, expect, it, vi } from 'vitest';
import { iterationChart } from '../../../server/services/evaluate/iteration-chart.ts';
import type { Workbench } from '../../../server/services/workbench.ts';
import { runsOf, SampleLab } from './sample-lab.ts';

const local = 'local/smollm2-135m';
const standIn = 'builtin/lexicon';
/** How many runs there are of a model with a status. */
async function counts(workbench: Workbench): Promise<Record<string, number>> {
  const names = (await runsOf(workbench)).map(({ model, status }) => `${model} ${status}`);
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
}
const never = (signal: AbortSignal) =>
  new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

describe('the first start', () => {
  it('runs the sample on the local model where its file is there', async () => {
    const lab = await SampleLab.open();
    lab.local.ready = true;
    const { workbench, done, end, warnings } = await lab.start({ download: false });
    await done;
    const runs = await runsOf(workbench);
    expect(await counts(workbench)).toEqual({ [`${local} completed`]: runs.length });
    expect(runs.length).toBeGreaterThan(3);
    expect(runs.every((run) => !run.standIn)).toBe(true);
    expect([lab.local.fetches, warnings]).toEqual([0, []]);
    const [project] = await workbench.stores.projects.list();
    if (project === undefined) throw new Error('there is no project');
    const { series } = await iterationChart(workbench, project);
    expect(series.map((one) => one.split).sort()).toEqual(['dev', 'holdout']);
    await end();
  });

  it('shows the runs queued while the model is fetched, and executes them when it is there', async () => {
    const lab = await SampleLab.open();
    const arrival = Promise.withResolvers<void>();
    lab.local.onFetch = () => arrival.promise;
    const { workbench, done, end } = await lab.start();
    await vi.waitFor(() => expect(lab.local.fetches).toBe(1));
    const total = (await runsOf(workbench)).length;
    expect(await counts(workbench)).toEqual({ [`${local} queued`]: total });
    expect(lab.local.calls).toEqual([]);
    arrival.resolve();
    await done;
    expect(await counts(workbench)).toEqual({ [`${local} completed`]: total });
    await end();
  });

  it('leaves alone what a person cancelled while the model was fetched', async () => {
    const lab = await SampleLab.open();
    const arrival = Promise.withResolvers<void>();
    lab.local.onFetch = () => arrival.promise;
    const { workbench, done, end } = await lab.start();
    await vi.waitFor(() => expect(lab.local.fetches).toBe(1));
    const [first] = await runsOf(workbench);
    if (first === undefined) throw new Error('there is no run');
    await workbench.runner.request(first.id, 'cancel');
    arrival.resolve();
    await done;
    expect((await workbench.stores.runs.get(first.id)).status).toBe('cancelled');
    expect((await runsOf(workbench)).slice(1).every(({ status }) => status === 'completed')).toBe(true);
    await end();
  });

  it('runs on the stand-in where the model can’t be fetched, says why once, and leaves its runs to be resumed', async () => {
    const lab = await SampleLab.open();
    lab.local.onFetch = () => Promise.reject(new Error('Neither source answers.'));
    const { workbench, done, end, warnings } = await lab.start();
    await done;
    const runs = await runsOf(workbench);
    expect(await counts(workbench)).toEqual({
      [`${local} cancelled`]: runs.length / 2,
      [`${standIn} completed`]: runs.length / 2,
    });
    expect(warnings).toEqual([expect.stringMatching(/stand-in builtin\/lexicon.*Neither source answers\.$/)]);
    const what = (model: string) =>
      runs.filter((run) => run.model === model).map((run) => [run.promptVersionId, run.settings.split]);
    expect(what(standIn)).toEqual(what(local));
    const [cancelled] = runs;
    expect(cancelled?.statusReason).toBe(warnings[0]);

    lab.local.ready = true;
    if (cancelled === undefined) throw new Error('there is no run');
    const resumed = await (await workbench.runner.start(cancelled.id)).finished;
    expect(resumed).toMatchObject({ status: 'completed', statusReason: '' });
    await end();
  });

  it('runs on the stand-in where the model is there but answers nothing', async () => {
    const lab = await SampleLab.open();
    lab.local.ready = true;
    lab.local.answer = () => Promise.reject(new Error('It does not fit into the memory.'));
    const { workbench, done, end, warnings } = await lab.start();
    await done;
    const { [`${local} failed`]: failed, ...others } = await counts(workbench);
    expect(failed).toBe(1);
    const total = (await runsOf(workbench)).length / 2;
    expect(others).toEqual({ [`${local} cancelled`]: total - 1, [`${standIn} completed`]: total });
    expect(warnings).toEqual([expect.stringContaining('It does not fit into the memory.')]);
    await end();
  });

  it.each([true, false])(
    'runs on the stand-in where the models’ files can’t be looked at (download: %s)',
    async (download) => {
      const lab = await SampleLab.open();
      lab.local.isReady = () => Promise.reject(new Error('models.json can’t be read. Remove it.'));
      const { workbench, done, end, warnings } = await lab.start({ download });
      await done;
      expect(await counts(workbench)).toMatchObject({ [`${standIn} completed`]: expect.any(Number) });
      expect(warnings).toEqual(download ? [expect.stringContaining('models.json can’t be read.')] : []);
      await end();
    },
  );

  it('fetches nothing with --no-download', async () => {
    const lab = await SampleLab.open();
    const { workbench, done, end, warnings } = await lab.start({ download: false });
    await done;
    expect(await counts(workbench)).toEqual({ [`${standIn} completed`]: (await runsOf(workbench)).length });
    expect([lab.local.fetches, warnings]).toEqual([0, []]);
    await end();
  });
});

describe('a start that is ended midway', () => {
  it('during the fetch: the next one goes on, with the same runs', async () => {
    const lab = await SampleLab.open();
    lab.local.onFetch = never;
    const first = await lab.start();
    await vi.waitFor(() => expect(lab.local.fetches).toBe(1));
    const before = await runsOf(first.workbench);
    await first.end();
    expect(first.warnings).toEqual([]);

    lab.local.onFetch = async () => {};
    const second = await lab.start();
    await second.done;
    const after = await runsOf(second.workbench);
    expect(after.map(({ id, status }) => [id, status])).toEqual(before.map(({ id }) => [id, 'completed']));
    await second.end();
  });

  it('during a run: the next one asks only for what is missing', async () => {
    const lab = await SampleLab.open();
    lab.local.ready = true;
    const reached = Promise.withResolvers<void>();
    lab.local.answer = async () => {
      if (lab.local.calls.length > 40) reached.resolve();
      return {};
    };
    const first = await lab.start();
    await reached.promise;
    await first.end();
    const interrupted = lab.local.calls.length;

    const second = await lab.start();
    expect((await runsOf(second.workbench)).filter(({ status }) => status === 'completed').length).toBeLessThan(2);
    await second.done;
    const runs = await runsOf(second.workbench);
    expect(runs.every(({ status }) => status === 'completed')).toBe(true);
    const total = runs.reduce((sum, run) => sum + run.total, 0);
    // A call that was under way when the first start ended is asked again.
    expect(lab.local.calls.length).toBeGreaterThanOrEqual(total);
    expect(lab.local.calls.length).toBeLessThanOrEqual(total + 8);
    expect(interrupted).toBeLessThan(total);
    await second.end();
  });

  it('between the stand-in’s runs and the end of those that waited: nothing is doubled', async () => {
    const lab = await SampleLab.open();
    lab.local.onFetch = () => Promise.reject(new Error('Offline.'));
    const first = await lab.start();
    const request = vi.spyOn(first.workbench.runner, 'request').mockRejectedValueOnce(new Error('killed'));
    await expect(first.done).rejects.toThrow('killed');
    expect(request).toHaveBeenCalledTimes(1);
    expect(await counts(first.workbench)).toMatchObject({ [`${standIn} queued`]: 1 });
    await first.end().catch((error: unknown) => expect(String(error)).toContain('killed'));

    const second = await lab.start();
    await second.done;
    const total = (await runsOf(second.workbench)).length / 2;
    expect(await counts(second.workbench)).toEqual({
      [`${local} cancelled`]: total,
      [`${standIn} completed`]: total,
    });
    await second.end();
  });

  it('a second start has nothing to do, and fetches nothing', async () => {
    const lab = await SampleLab.open();
    lab.local.onFetch = () => Promise.reject(new Error('Offline.'));
    const first = await lab.start();
    await first.done;
    const before = await runsOf(first.workbench);
    await first.end();
    const second = await lab.start();
    await second.done;
    expect(await runsOf(second.workbench)).toEqual(before);
    expect([lab.local.fetches, second.warnings]).toEqual([1, []]);
    await second.end();
  });
});
