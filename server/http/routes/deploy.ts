import type { Application, Request } from 'express';
import { approveRelease } from '../../services/deploy/approve-release.ts';
import { gatherEvidence } from '../../services/deploy/evidence.ts';
import { type InvokeEvent, invokeRelease } from '../../services/deploy/invoke-release.ts';
import { labelMoveView, listReleases, releaseView } from '../../services/deploy/list-releases.ts';
import { moveLabel, rollBack } from '../../services/deploy/move-label.ts';
import { servePrompt } from '../../services/deploy/serve-prompt.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { failureError } from '../errors.ts';
import { goneSignal, streamAnswer } from '../event-stream.ts';
import { handle, respond } from '../handle.ts';
import { actorOf } from '../identity.ts';

export function bindDeploy(app: Application, workbench: Workbench): void {
  const project = (name: string) => findProject(workbench, name);
  handle(app, 'POST /api/projects/:project/releases/evidence', async ({ params, body }) => {
    const { evidence } = await gatherEvidence(workbench, await project(params.project), body);
    return evidence;
  });
  handle(app, 'POST /api/projects/:project/releases', async ({ params, body: { note, author, ...body } }, request) => {
    const asked = { ...body, text: note, by: author };
    return releaseView(
      workbench,
      await approveRelease(workbench, await project(params.project), await actorOf(request), asked),
    );
  });
  handle(app, 'GET /api/projects/:project/releases', async ({ params }) =>
    listReleases(workbench, await project(params.project)),
  );
  handle(app, 'PUT /api/projects/:project/prompts/:prompt/labels/:label', async ({ params, body }, request) => {
    const { author: by, ...move } = body;
    const actor = await actorOf(request);
    return labelMoveView(
      workbench,
      await moveLabel(workbench, await project(params.project), actor, params, { ...move, by }),
    );
  });
  handle(
    app,
    'POST /api/projects/:project/prompts/:prompt/labels/:label/roll-back',
    async ({ params, body }, request) => {
      const { author: by, reason } = body;
      const actor = await actorOf(request);
      return labelMoveView(
        workbench,
        await rollBack(workbench, await project(params.project), actor, params, { reason, by }),
      );
    },
  );
  respond(app, 'GET /api/prompts/:project/:prompt/:label', async ({ params }, request, response) => {
    const { served, tag } = await servePrompt(workbench, params);
    // Programs may keep it, but ask each time whether it is still the one.
    // While no answer comes, what is kept may serve for a day (RFC 5861).
    response.set({ ETag: `"${tag}"`, 'Cache-Control': 'no-cache, stale-if-error=86400' });
    if (knows(request, `"${tag}"`)) response.status(304).end();
    else response.json(served);
  });
  respond(app, 'POST /api/prompts/:project/:prompt/:label/invoke', async ({ params, body }, _request, response) => {
    const named = await project(params.project);
    const events = await invokeRelease(workbench, named, params, body.variables, goneSignal(response));
    if (body.stream) return streamAnswer(events, response);
    for await (const event of events) {
      if (event.type === 'error') throw failureError(event);
      if (event.type === 'done') response.json(invoked(event));
    }
  });
}

const invoked = ({ type: _type, ...answer }: Extract<InvokeEvent, { type: 'done' }>) => answer;

/**
 * Whether `If-None-Match` names the tag, by the weak comparison (RFC 9110, section 13.1.2). Express would not look at it where the request also has
 * `Cache-Control: no-cache`, which every `fetch` adds.
 */
function knows(request: Request, tag: string): boolean {
  const known = (request.get('If-None-Match') ?? '').split(',').map((item) => item.trim().replace(/^W\//, ''));
  return known.includes(tag) || known.includes('*');
}
