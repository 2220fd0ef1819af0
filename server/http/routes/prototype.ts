import type { Application } from 'express';
import { checkDraft } from '../../services/prototype/check-prompt.ts';
import { createPrompt } from '../../services/prototype/create-prompt.ts';
import { exportVersion } from '../../services/prototype/export-version.ts';
import { offeredFile, offeredFiles, saveOffered } from '../../services/prototype/offered-file.ts';
import { previewPrompt } from '../../services/prototype/preview-prompt.ts';
import { saveVersion } from '../../services/prototype/save-version.ts';
import { listPrompts, showPrompt } from '../../services/prototype/show-prompt.ts';
import { tryPrompt } from '../../services/prototype/try-prompt.ts';
import { writeExport } from '../../services/prototype/write-export.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { goneSignal, streamAnswer } from '../event-stream.ts';
import { handle, respond } from '../handle.ts';

export function bindPrototype(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  handle(app, 'GET /api/projects/:project/prompts', async ({ params }) => ({
    prompts: await listPrompts(workbench, await project(params.project)),
  }));
  handle(app, 'POST /api/projects/:project/prompts', async ({ params, body }) =>
    createPrompt(workbench, await project(params.project), body.name),
  );
  handle(app, 'GET /api/projects/:project/prompts/:prompt', async ({ params }) =>
    showPrompt(workbench, await project(params.project), params.prompt),
  );
  handle(app, 'POST /api/projects/:project/prompts/:prompt/versions', async ({ params, body }) =>
    saveVersion(workbench, await project(params.project), params.prompt, body),
  );
  respond(app, 'GET /api/projects/:project/prompts/:prompt/export', async ({ params, query }, _request, response) => {
    const { format, set, split, ...version } = query;
    const choice = { ...version, prompt: params.prompt };
    const tests = { set, split };
    const { fileName, text } = await exportVersion(workbench, await project(params.project), choice, format, tests);
    response.attachment(fileName).type('text/plain').send(text);
  });
  handle(app, 'POST /api/projects/:project/prompts/:prompt/export', async ({ params, body }) => {
    const { format, set, split, ...version } = body;
    const choice = { ...version, prompt: params.prompt };
    return writeExport(workbench, await project(params.project), choice, format, { set, split });
  });
  handle(app, 'GET /api/projects/:project/prompts/:prompt/file', async ({ params }) =>
    offeredFile(workbench, await project(params.project), params.prompt),
  );
  handle(app, 'GET /api/projects/:project/prompt-files', async ({ params }) =>
    offeredFiles(workbench, await project(params.project)),
  );
  handle(app, 'POST /api/projects/:project/prompts/:prompt/file', async ({ params, body }) =>
    saveOffered(workbench, await project(params.project), params.prompt, body),
  );
  handle(app, 'POST /api/projects/:project/preview', async ({ params, body }) =>
    previewPrompt(workbench, await project(params.project), body),
  );
  handle(app, 'POST /api/projects/:project/prompts/check', async ({ params, body }) =>
    checkDraft(workbench, await project(params.project), body),
  );
  respond(app, 'POST /api/projects/:project/try', async ({ params, body }, _request, response) => {
    const events = await tryPrompt(workbench, await project(params.project), body, goneSignal(response));
    await streamAnswer(events, response);
  });
}
