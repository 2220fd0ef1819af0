import type { Application } from 'express';
import type { ReleaseRequestId } from '../../domain/ids.ts';
import { approveRequest } from '../../services/deploy/approve-release.ts';
import { releaseView } from '../../services/deploy/list-releases.ts';
import { listRequests, requestView } from '../../services/deploy/list-requests.ts';
import {
  commentRequest,
  requestIn,
  requestRelease,
  sendBack,
  withdrawRequest,
} from '../../services/deploy/request-release.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';
import { actorOf } from '../identity.ts';

export function bindReleaseRequests(app: Application, workbench: Workbench): void {
  const place = async (params: { project: string; id: number }) => ({
    project: await findProject(workbench, params.project),
    id: params.id as ReleaseRequestId,
  });
  handle(app, 'GET /api/projects/:project/release-requests', async ({ params }) => ({
    requests: await listRequests(workbench, await findProject(workbench, params.project)),
  }));
  handle(app, 'POST /api/projects/:project/release-requests', async ({ params, body }, request) => {
    const { note: text, author: by, ...candidate } = body;
    const project = await findProject(workbench, params.project);
    const asked = { ...candidate, text, by };
    return requestView(workbench, await requestRelease(workbench, project, await actorOf(request), asked));
  });
  handle(app, 'GET /api/projects/:project/release-requests/:id', async ({ params }) => {
    const { project, id } = await place(params);
    return requestView(workbench, await requestIn(workbench, project, id));
  });
  handle(app, 'POST /api/projects/:project/release-requests/:id/comments', async ({ params, body }, request) => {
    const { project, id } = await place(params);
    const { text, author: by, case: about } = body;
    return requestView(
      workbench,
      await commentRequest(workbench, project, await actorOf(request), id, { text, by, about }),
    );
  });
  handle(app, 'POST /api/projects/:project/release-requests/:id/send-back', async ({ params, body }, request) => {
    const { project, id } = await place(params);
    const { text, author: by } = body;
    return requestView(workbench, await sendBack(workbench, project, await actorOf(request), id, { text, by }));
  });
  handle(app, 'POST /api/projects/:project/release-requests/:id/withdraw', async ({ params, body }, request) => {
    const { project, id } = await place(params);
    const { text, author: by } = body;
    return requestView(workbench, await withdrawRequest(workbench, project, await actorOf(request), id, { text, by }));
  });
  handle(app, 'POST /api/projects/:project/release-requests/:id/approve', async ({ params, body }, request) => {
    const { project, id } = await place(params);
    const { note: text, author: by, overrides } = body;
    const actor = await actorOf(request);
    return releaseView(workbench, await approveRequest(workbench, project, actor, id, { text, by, overrides }));
  });
}
