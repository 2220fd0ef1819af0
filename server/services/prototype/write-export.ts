import path from 'node:path';
import { conflict } from '../../domain/errors.ts';
import type { ExportFormat } from '../../domain/export-format.ts';
import type { Project } from '../../domain/project.ts';
import { GitFolder, type WrittenFile } from '../../formats/git-folder.ts';
import type { Workbench } from '../workbench.ts';
import { exportVersion, type TestChoice, type VersionChoice } from './export-version.ts';

/**
 * Writes a version into the project's folder of those that the server looks at: a page names no path. Throws `folder_not_watched` and whatever
 * `exportVersion` and `GitFolder` throw.
 */
export async function writeExport(
  workbench: Pick<Workbench, 'stores' | 'promptsDirectory'>,
  project: Project,
  choice: VersionChoice,
  format: ExportFormat,
  tests: TestChoice,
): Promise<WrittenFile> {
  const { promptsDirectory } = workbench;
  if (promptsDirectory === null) {
    throw conflict(
      'folder_not_watched',
      'The server was started without a folder of prompts. Start it with "serve --prompts DIR", or download the file.',
    );
  }
  const { keptName, text } = await exportVersion(workbench, project, choice, format, tests);
  return new GitFolder(promptsDirectory).write(path.join(project.slug, keptName), text);
}
