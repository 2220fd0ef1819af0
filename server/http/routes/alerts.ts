import type { Application } from 'express';
import { watchedPrompts } from '../../services/monitor/alert-prompts.ts';
import { setWebhook, webhookView } from '../../services/monitor/alert-webhook.ts';
import {
  acknowledgeAlert,
  addAlertRule,
  alertHistory,
  changeAlertRule,
  removeAlertRule,
  ruleView,
} from '../../services/monitor/alerts.ts';
import { alertsNow, checkAlerts } from '../../services/monitor/check-alerts.ts';
import { deliverAlerts, deliveryView, listDeliveries, testWebhook } from '../../services/monitor/deliver-alerts.ts';
import { findProject } from '../../services/scope/find-project.ts';
import type { Workbench } from '../../services/workbench.ts';
import { handle } from '../handle.ts';
import { actorOf } from '../identity.ts';

export function bindAlerts(app: Application, workbench: Workbench): void {
  const { alerts, projects } = workbench.stores;
  const found = (name: string) => findProject(workbench, name);
  handle(app, 'GET /api/projects/:project/alerts/firing', async ({ params }) => ({
    firing: await alerts.firing((await found(params.project)).id),
  }));
  handle(app, 'GET /api/projects/:project/alerts', async ({ params }) => {
    const project = await found(params.project);
    const rules = await alertsNow(workbench, project, new Date());
    return {
      rules: await Promise.all(rules.map((rule) => ruleView(workbench, rule))),
      history: await alertHistory(workbench, project),
      prompts: await watchedPrompts(workbench, project),
      target: (await projects.scope(project.id))?.targetPassRate ?? null,
    };
  });
  handle(app, 'POST /api/projects/:project/alerts', async ({ params, body }) => {
    const project = await found(params.project);
    const { id } = await addAlertRule(workbench, project, body);
    await checkAlerts(workbench, project, new Date());
    return { id };
  });
  handle(app, 'DELETE /api/projects/:project/alerts/webhook', async ({ params }) => {
    await setWebhook(workbench, await found(params.project), null);
    return undefined;
  });
  handle(app, 'DELETE /api/projects/:project/alerts/:id', async ({ params }) => {
    await removeAlertRule(workbench, await found(params.project), params.id);
    return undefined;
  });
  handle(app, 'POST /api/projects/:project/alerts/:id/acknowledge', async ({ params, body }, request) => {
    const { note, author: by } = body;
    await acknowledgeAlert(workbench, await found(params.project), await actorOf(request), params.id, { note, by });
    return undefined;
  });
  handle(app, 'POST /api/projects/:project/alerts/check', async ({ params }) => {
    const project = await found(params.project);
    const checked = await checkAlerts(workbench, project, new Date());
    await deliverAlerts(workbench, project, new Date());
    return { firing: checked.filter(({ state }) => state === 'firing').length };
  });
  handle(app, 'GET /api/projects/:project/alerts/webhook', async ({ params }) => {
    const project = await found(params.project);
    return {
      webhook: await webhookView(workbench, project),
      deliveries: await listDeliveries(workbench, project),
    };
  });
  handle(app, 'PUT /api/projects/:project/alerts/webhook', async ({ params, body }) => {
    await setWebhook(workbench, await found(params.project), body);
    return undefined;
  });
  handle(app, 'PUT /api/projects/:project/alerts/:id', async ({ params, body }) => {
    const project = await found(params.project);
    await changeAlertRule(workbench, project, params.id, body);
    await checkAlerts(workbench, project, new Date());
    return undefined;
  });
  handle(app, 'POST /api/projects/:project/alerts/webhook/test', async ({ params }) => {
    return deliveryView(await testWebhook(workbench, await found(params.project), new Date()), null);
  });
}
