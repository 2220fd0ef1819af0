import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AlertWebhook } from '../../../server/domain/alert-delivery.ts';
import type { Project } from '../../../server/domain/project.ts';
import { setWebhook, webhookView } from '../../../server/services/monitor/alert-webhook.ts';
import { addAlertRule } from '../../../server/services/monitor/alerts.ts';
import { checkAlerts } from '../../../server/services/monitor/check-alerts.ts';
import { deliverAlerts, testWebhook } from '../../../server/services/monitor/deliver-alerts.ts';
import { bareCall } from '../../fixtures/production-calls.ts';
import { openTestWorkbench, type TestWorkbench } from '../../fixtures/workbench.ts';

const key = 'a signing key that nobody knows';
const hour = 3_600_000;
let test: TestWorkbench;
let project: Project;
let receiver: Server;
let statuses: number[];
let received: { headers: IncomingHttpHeaders; body: string }[];
let variables: Map<string, string>;
let began: number;

beforeEach(async () => {
  test = await openTestWorkbench();
  project = await test.workbench.stores.projects.create('Reviews');
  [statuses, received] = [[], []];
  receiver = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers, body });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((listening) => receiver.listen(0, '127.0.0.1', listening));
  variables = new Map([
    ['WHETSTONE_PRIVATE_WEBHOOK_HOSTS', 'hooks.internal, 127.0.0.1'],
    ['WHETSTONE_WEBHOOK_KEY', key],
    ['WHETSTONE_WEBHOOK_URL', address()],
    ['WHETSTONE_WEBHOOK_AUTH', 'Bearer t0ken'],
  ]);
  began = Date.now();
});
afterEach(async () => {
  receiver.close();
  await test.close();
});

const address = () => `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
const workbench = () => ({ ...test.workbench, environment: { get: (name: string) => variables.get(name) } });
const choice = (more: Partial<AlertWebhook> = {}) => ({
  url: null,
  urlVariable: 'WHETSTONE_WEBHOOK_URL',
  author: 'Ada',
  authorizationVariable: 'WHETSTONE_WEBHOOK_AUTH',
  signingVariable: 'WHETSTONE_WEBHOOK_KEY',
  ...more,
});
const at = (ms: number) => new Date(began + ms);

/** A call of the past, and a rule that fires by it. */
async function fire(): Promise<void> {
  await test.workbench.stores.observations.add({
    projectId: project.id,
    releaseId: null,
    input: { review: 'private words' },
    output: 'private answer',
    latencyMs: null,
    inputTokens: null,
    outputTokens: null,
    costUsd: null,
    feedback: 'down' as const,
    feedbackNote: 'private note',
    createdAt: new Date(began - 2 * hour).toISOString(),
  });
  await addAlertRule(workbench(), project, { condition: { kind: 'silence', hours: 1 }, author: 'Ada' });
  await checkAlerts(workbench(), project, at(1000));
}

describe('a webhook', () => {
  it('is told once what fires, signed, without anything that a call contained', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    expect(await deliverAlerts(workbench(), project, at(2000))).toMatchObject([
      { status: 'delivered', httpStatus: 200 },
    ]);
    expect(await deliverAlerts(workbench(), project, at(hour))).toEqual([]);
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(received).toHaveLength(1);
    expect(JSON.parse(body)).toMatchObject({
      text: expect.stringContaining('Alert in Reviews: no answered call for 1 h.'),
      type: 'alert.fired',
      project: 'reviews',
      condition: { kind: 'silence', hours: 1 },
      evidence: { kind: 'silence', hours: 1 },
    });
    expect(body).not.toContain('private');
    expect(headers.authorization).toBe('Bearer t0ken');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const signature = createHmac('sha256', key).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${signature}`);
  });

  it('gives its Authorization header to no address that is read on the way', async () => {
    variables.set('WHETSTONE_WEBHOOK_URL', 'http://hooks.example.com/hook');
    await setWebhook(workbench(), project, choice());
    await fire();
    const [delivery] = await deliverAlerts(workbench(), project, at(2000));
    expect(delivery).toMatchObject({ status: 'failed', problem: { code: 'webhook_needs_https' } });
  });

  it('is told again what did not arrive, under the same id, later each time', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    statuses = [500, 302];
    const [first] = await deliverAlerts(workbench(), project, at(2000));
    expect(first).toMatchObject({ status: 'failed', httpStatus: 500, attempt: 1 });
    expect(await deliverAlerts(workbench(), project, at(31_000))).toEqual([]);
    const [second] = await deliverAlerts(workbench(), project, at(32_000));
    expect(second).toMatchObject({ status: 'failed', httpStatus: 302, attempt: 2 });
    expect(second?.problem).toMatchObject({ code: 'webhook_redirects', values: { status: 302 } });
    const [third] = await deliverAlerts(workbench(), project, at(92_000));
    expect(third).toMatchObject({ status: 'delivered', attempt: 3 });
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('is told what happened to a rule in order: what is over waits until it was told that it fires', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    statuses = [500];
    expect(await deliverAlerts(workbench(), project, at(2000))).toMatchObject([{ status: 'failed' }]);
    await addAlertRule(workbench(), project, { condition: { kind: 'silence', hours: 1.5 }, author: 'Ada' });
    await checkAlerts(workbench(), project, at(2500));
    await test.workbench.stores.observations.add({
      projectId: project.id,
      releaseId: null,
      input: {},
      output: '',
      ...bareCall,
      createdAt: at(2600).toISOString(),
    });
    await checkAlerts(workbench(), project, at(3000));
    const types = () => received.splice(0).map(({ body }) => [JSON.parse(body).rule, JSON.parse(body).type]);
    types();
    // Another rule does not wait.
    await deliverAlerts(workbench(), project, at(4000));
    expect(types()).toEqual([
      [2, 'alert.fired'],
      [2, 'alert.resolved'],
    ]);
    await deliverAlerts(workbench(), project, at(40_000));
    expect(types()).toEqual([
      [1, 'alert.fired'],
      [1, 'alert.resolved'],
    ]);
  });

  it('is told what came after a message that was given up', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    statuses = Array(8).fill(500);
    for (let attempt = 0; attempt < 8; attempt++) await deliverAlerts(workbench(), project, at(attempt * 2 * hour));
    await test.workbench.stores.observations.add({
      projectId: project.id,
      releaseId: null,
      input: {},
      output: '',
      ...bareCall,
      createdAt: at(20 * hour).toISOString(),
    });
    await checkAlerts(workbench(), project, at(20 * hour));
    expect(await deliverAlerts(workbench(), project, at(20 * hour))).toMatchObject([
      { status: 'delivered', attempt: 1 },
    ]);
    expect(JSON.parse(received.at(-1)?.body ?? '{}')).toMatchObject({ type: 'alert.resolved' });
  });

  it('is told also what much happened after', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    const { alerts } = test.workbench.stores;
    const [rule] = await alerts.rules(project.id);
    if (rule === undefined) throw new Error('the rule that fired is there');
    for (let count = 0; count < 200; count++) {
      const event = {
        ruleId: rule.id,
        changeId: null,
        kind: 'acknowledged' as const,
        evidence: null,
        note: '',
        author: 'Ada',
      };
      await alerts.addEvent(event, (await alerts.lastEvent(rule.id))?.id ?? null);
    }
    expect(await deliverAlerts(workbench(), project, at(2000))).toMatchObject([{ status: 'delivered' }]);
  });

  it('is told what became of it by one of two processes', async () => {
    await setWebhook(workbench(), project, choice());
    await fire();
    const other = { ...(await test.openAnother()), environment: workbench().environment };
    await Promise.all([deliverAlerts(workbench(), project, at(2000)), deliverAlerts(other, project, at(2000))]);
    expect(received).toHaveLength(1);
  });

  it('is told nothing of what happened before it was set', async () => {
    began -= 10_000;
    await fire();
    await setWebhook(workbench(), project, choice());
    expect(await deliverAlerts(workbench(), project, at(hour))).toEqual([]);
    expect(received).toEqual([]);
  });

  it('is refused where its address is private, and says so in the log', async () => {
    await setWebhook(workbench(), project, choice({ authorizationVariable: null }));
    variables.delete('WHETSTONE_PRIVATE_WEBHOOK_HOSTS');
    const sent = await testWebhook(workbench(), project, at(0));
    expect(sent).toMatchObject({ status: 'failed', eventId: null });
    expect(sent.problem?.message).toContain('WHETSTONE_PRIVATE_WEBHOOK_HOSTS');
    expect(received).toEqual([]);
  });

  it('says which of its variables are not set, and keeps nothing that they hold', async () => {
    variables.delete('WHETSTONE_WEBHOOK_AUTH');
    await setWebhook(workbench(), project, choice());
    const view = await webhookView(workbench(), project);
    expect(view?.unset).toEqual(['WHETSTONE_WEBHOOK_AUTH']);
    expect(JSON.stringify(view)).not.toContain(key);
    const sent = await testWebhook(workbench(), project, at(0));
    expect(sent.problem?.message).toContain('WHETSTONE_WEBHOOK_AUTH is not set');
  });

  it.each([
    ['no address', { url: null, urlVariable: null }, 'webhook_url_invalid'],
    ['both kinds', { url: 'https://example.com' }, 'webhook_url_invalid'],
    ['another scheme', { url: 'file:///etc/passwd', urlVariable: null }, 'webhook_url_invalid'],
    ['a password in it', { url: 'https://a:b@example.com', urlVariable: null }, 'webhook_url_invalid'],
    ['a key of something else', { authorizationVariable: 'OPENAI_API_KEY' }, 'webhook_variable_invalid'],
  ])('is not set with %s', async (_what, more, code) => {
    await expect(setWebhook(workbench(), project, choice(more))).rejects.toMatchObject({ code });
  });
});
