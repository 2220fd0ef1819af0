import type { Project } from '../../domain/project.ts';
import type { ReadFile } from '../../formats/rows.ts';
import type { Workbench } from '../workbench.ts';
import type { FileImport, SetImport } from './import-set.ts';
import { runImportTask } from './import-task.ts';

/**
 * Imports a file into a set on a thread of its own, which reads it, draws its sides and writes it: pages are answered meanwhile, and what the file
 * took is given back with the thread. Throws as `importSet` does, and `archive_too_large`, `sheet_missing`, `import_too_large`.
 */
export const importFile = (
  { dataDirectory }: Pick<Workbench, 'dataDirectory'>,
  project: Project,
  file: { path: string; fileName: string },
  options: FileImport,
): Promise<SetImport & Pick<ReadFile, 'encoding'>> =>
  runImportTask({ type: 'import', dataDirectory, project, ...file, options });
