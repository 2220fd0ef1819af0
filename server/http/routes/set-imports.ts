import path from 'node:path';
import type { Application } from 'express';
import { invalid } from '../../domain/errors.ts';
import { importFile } from '../../services/evaluate/import-file.ts';
import { importSet } from '../../services/evaluate/import-set.ts';
import { runImportTask } from '../../services/evaluate/import-task.ts';
import { Uploads, uploadLimit, uploadTooLarge } from '../../services/evaluate/uploads.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { closedSignal } from '../closed-signal.ts';
import { handle } from '../handle.ts';

export function bindSetImports(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  const uploads = new Uploads(path.join(workbench.dataDirectory, 'uploads'));
  handle(app, 'POST /api/projects/:project/sets/upload', async ({ params, query }, request) => {
    await project(params.project);
    if (Number(request.headers['content-length'] ?? 0) > uploadLimit) throw uploadTooLarge();
    const { id, fileName, bytes } = await uploads.receive(query.fileName, request);
    return { upload: id, fileName, bytes };
  });
  handle(app, 'POST /api/projects/:project/sets/preview', async ({ params, body }, request) => {
    await project(params.project);
    const { upload, ...options } = body;
    const file = uploads.find(upload);
    return runImportTask(
      { type: 'preview', path: file.path, fileName: file.fileName, options },
      closedSignal(request, cancelled),
    );
  });
  handle(app, 'POST /api/projects/:project/sets/import', async ({ params, body }) =>
    importSet(workbench, await project(params.project), body),
  );
  handle(app, 'POST /api/projects/:project/sets/import-upload', async ({ params, body }) => {
    const into = await project(params.project);
    const { upload, ...about } = body;
    const file = uploads.find(upload);
    const { encoding: _, ...imported } = await importFile(
      workbench,
      into,
      { path: file.path, fileName: file.fileName },
      about,
    );
    await uploads.remove(upload);
    return imported;
  });
}

const cancelled = () => invalid('import_cancelled', 'Nobody waits for the preview any more.');
