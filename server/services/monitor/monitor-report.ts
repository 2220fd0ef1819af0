import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';
import { listOnlineScoring, type OnlineScoringOf } from './online-scoring.ts';
import { type Promised, promisedAndShown } from './promised.ts';
import { promptQuality, type Quality } from './quality.ts';

/** How one released prompt does in production. */
export type PromptReport = Pick<OnlineScoringOf, 'prompt' | 'waiting'> & Quality & { promised: Promised | null };

/** How the released prompts of a project did in the last days. */
export async function monitorReport(
  workbench: Pick<Workbench, 'stores'>,
  project: Project,
  { days, now }: { days: number; now: Date },
): Promise<PromptReport[]> {
  const released = new Set((await workbench.stores.releases.list(project.id)).map(({ promptId }) => promptId));
  const prompts = (await workbench.stores.prompts.list(project.id)).filter(({ id }) => released.has(id));
  const scored = await listOnlineScoring(workbench, project);
  const reports: PromptReport[] = [];
  for (const { slug: prompt } of prompts) {
    const quality = await promptQuality(workbench, project, prompt, { days }, now);
    const promised = await promisedAndShown(workbench, project, prompt, { days, now });
    const { waiting = 0 } = scored.find((one) => one.prompt === prompt) ?? {};
    reports.push({ prompt, waiting, ...quality, promised });
  }
  return reports;
}
