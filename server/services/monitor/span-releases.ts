import { WhetstoneError } from '../../domain/errors.ts';
import type { ReleaseId } from '../../domain/ids.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Project } from '../../domain/project.ts';
import type { Release } from '../../domain/release.ts';
import { type ReleaseReference, releaseReferenceOf } from '../../domain/trace/release-reference.ts';
import type { Span } from '../../domain/trace/span.ts';
import { findVersion } from '../deploy/find-version.ts';
import type { Workbench } from '../workbench.ts';

type Stores = Pick<Workbench, 'stores'>;

export type SpanReleases = ReturnType<typeof spanReleases>;

/** Finds the releases that the spans of one program name, each once. What names none that there is goes without one, which `problems` says. */
export function spanReleases(workbench: Stores, project: Project, resource: JsonObject) {
  const problems = new Set<string>();
  const found = new Map<string, Promise<Release | null>>();
  const find = async (reference: ReleaseReference): Promise<Release | null> => {
    try {
      return await findRelease(workbench, project, reference);
    } catch (error) {
      if (!(error instanceof WhetstoneError)) throw error;
      problems.add(`${error.message} Its calls are kept without a release.`);
      return null;
    }
  };
  return {
    problems,
    of: async ({ attributes }: Pick<Span, 'attributes'>): Promise<Release | null> => {
      const reference = releaseReferenceOf(attributes, resource);
      if (reference === null) return null;
      const key = JSON.stringify(reference);
      const release = found.get(key) ?? find(reference);
      found.set(key, release);
      return release;
    },
  };
}

/** The newest release of a version. Throws `release_missing`, `prompt_missing`, `prompt_version_missing`. */
async function findRelease(workbench: Stores, project: Project, reference: ReleaseReference): Promise<Release | null> {
  const { releases } = workbench.stores;
  if (reference.type === 'release') {
    const release = await releases.get(reference.id as ReleaseId);
    if (release.projectId === project.id) return release;
    throw releaseMissing(`${project.name} has no release ${reference.id}.`);
  }
  const { prompt, version } = await findVersion(workbench, project, reference);
  const release = (await releases.list(project.id)).find(({ promptVersionId }) => promptVersionId === version.id);
  if (release !== undefined) return release;
  throw releaseMissing(`Version ${version.number} of "${prompt.name}" was never released.`);
}

const releaseMissing = (message: string) => new WhetstoneError('missing', 'release_missing', message);
