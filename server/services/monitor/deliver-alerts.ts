import { createHmac, randomUUID } from 'node:crypto';
import {
  type AlertDelivery,
  type AlertWebhook,
  type DeliveryProblem,
  isDue,
  isGivenUp,
} from '../../domain/alert-delivery.ts';
import { missing, WhetstoneError } from '../../domain/errors.ts';
import type { AlertEventId, AlertRuleId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import { postWebhook, WebhookError } from '../../providers/post-webhook.ts';
import type { Workbench } from '../workbench.ts';
import { eventText } from './alert-text.ts';
import { privateHostsOf, webhookTarget } from './alert-webhook.ts';
import { type EventView, eventView } from './alerts.ts';

type Parts = Pick<Workbench, 'stores' | 'environment'>;
type Payload = { text: string } & Record<string, unknown>;

const timeoutMs = 10_000;
/** Attempts that are shown. */
const deliveryLimit = 50;

/**
 * Tells what is to be told and is due: what happened since the webhook was set, each once. Of several processes one tells it. What happened to a rule waits for what
 * happened to it before, until that arrived or is given up: else a receiver hears that an alert is over and then that it fires.
 */
export async function deliverAlerts(workbench: Parts, project: Project, now: Date): Promise<AlertDelivery[]> {
  const { alerts, alertDeliveries } = workbench.stores;
  const webhook = await alertDeliveries.webhook(project.id);
  if (webhook === null) return [];
  const told: AlertDelivery[] = [];
  const waiting = new Set<AlertRuleId>();
  for (const { ruleId, eventId, last } of await alertDeliveries.untold(project.id, webhook.createdAt)) {
    if (waiting.has(ruleId) || isGivenUp(last, now)) continue;
    if (!isDue(last, now)) {
      waiting.add(ruleId);
      continue;
    }
    const event = await eventView(workbench, await alerts.event(eventId));
    const attempt = { eventId, message: `alert-${eventId}`, attempt: (last?.attempt ?? 0) + 1 };
    const delivery = await deliver(workbench, webhook, attempt, payloadOf(project, event), now);
    if (delivery !== null) told.push(delivery);
    if (delivery?.status !== 'delivered' && !isGivenUp(delivery, now)) waiting.add(ruleId);
  }
  return told;
}

/** Sends something that says that it is a test. Throws `webhook_missing`. */
export async function testWebhook(workbench: Parts, project: Project, now: Date): Promise<AlertDelivery> {
  const webhook = await workbench.stores.alertDeliveries.webhook(project.id);
  if (webhook === null) {
    throw missing('webhook_missing', `${project.name} has no webhook yet. Save its address first.`);
  }
  const payload = { text: `A test from Whetstone: alerts of ${project.name} arrive here.`, type: 'test' };
  const attempt = { eventId: null, message: `test-${randomUUID()}`, attempt: 1 };
  const delivery = await deliver(workbench, webhook, attempt, { ...payload, project: project.slug }, now);
  if (delivery === null) throw new Error('nobody else has this message');
  return delivery;
}

export type DeliveryView = Pick<AlertDelivery, 'id' | 'attempt' | 'status' | 'httpStatus' | 'problem' | 'startedAt'> & {
  event: EventView['kind'] | null;
};

/** Attempts to tell something, newest first. */
export async function listDeliveries({ stores }: Parts, project: Project): Promise<DeliveryView[]> {
  const deliveries = await stores.alertDeliveries.list(project.id, deliveryLimit);
  return deliveries.map((delivery) => deliveryView(delivery, delivery.event));
}

export const deliveryView = (
  { id, attempt, status, httpStatus, problem, startedAt }: AlertDelivery,
  event: EventView['kind'] | null,
): DeliveryView => ({ id, event, attempt, status, httpStatus, problem, startedAt });

/** Rates and numbers only: nothing that a call contained. `text` is what Slack and others show. */
const payloadOf = (project: Project, event: EventView): Payload => ({
  text: eventText(project.name, event),
  type: `alert.${event.kind}`,
  project: project.slug,
  event: event.id,
  rule: event.rule,
  at: event.createdAt,
  condition: event.condition,
  evidence: event.evidence,
});

/** Null where another process began this attempt. */
async function deliver(
  workbench: Parts,
  webhook: AlertWebhook,
  attempt: { eventId: AlertEventId | null; message: string; attempt: number },
  payload: Payload,
  now: Date,
): Promise<AlertDelivery | null> {
  const { alertDeliveries } = workbench.stores;
  const id = await alertDeliveries.begin({ projectId: webhook.projectId, ...attempt }, now.toISOString());
  if (id === null) return null;
  return alertDeliveries.end(id, await send(workbench, webhook, attempt.message, payload, now));
}

type Outcome = Pick<AlertDelivery, 'status' | 'httpStatus' | 'problem'>;

async function send(
  workbench: Parts,
  webhook: AlertWebhook,
  message: string,
  payload: Payload,
  now: Date,
): Promise<Outcome> {
  const failed = (problem: DeliveryProblem, httpStatus: number | null = null): Outcome => ({
    status: 'failed',
    httpStatus,
    problem,
  });
  try {
    const { url, authorization, signingKey } = webhookTarget(workbench, webhook);
    const body = JSON.stringify(payload);
    const headers = {
      ...signed(signingKey, { message, body, now }),
      ...(authorization === null ? {} : { authorization }),
    };
    const { httpStatus } = await postWebhook(
      url,
      { body, headers },
      { timeoutMs, privateHosts: privateHostsOf(workbench) },
    );
    if (httpStatus >= 200 && httpStatus < 300) return { status: 'delivered', httpStatus, problem: null };
    return failed(statusProblem(httpStatus), httpStatus);
  } catch (error) {
    if (error instanceof WebhookError)
      return failed({ code: error.code, message: error.message, values: error.values });
    if (error instanceof WhetstoneError) return failed({ code: error.code, message: error.message, values: {} });
    throw error;
  }
}

function statusProblem(httpStatus: number): DeliveryProblem {
  const values = { status: httpStatus };
  return httpStatus >= 300 && httpStatus < 400
    ? { code: 'webhook_redirects', message: 'It redirects elsewhere, which is not followed.', values }
    : { code: 'webhook_status', message: `It answered ${httpStatus}.`, values };
}

/** The headers of Standard Webhooks 1.0 (standardwebhooks.com): its libraries check them. A key that begins with `whsec_` is base64. */
export function signed(
  key: string | null,
  { message, body, now }: { message: string; body: string; now: Date },
): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const headers = { 'webhook-id': message, 'webhook-timestamp': timestamp };
  if (key === null) return headers;
  const secret = key.startsWith('whsec_') ? Buffer.from(key.slice('whsec_'.length), 'base64') : Buffer.from(key);
  const signature = createHmac('sha256', secret).update(`${message}.${timestamp}.${body}`).digest('base64');
  return { ...headers, 'webhook-signature': `v1,${signature}` };
}
