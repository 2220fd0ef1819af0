import type { AlertWebhook } from '../../domain/alert-delivery.ts';
import { invalid, unavailable } from '../../domain/errors.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';

type Parts = Pick<Workbench, 'stores' | 'environment'>;
export type WebhookChoice = Omit<AlertWebhook, 'projectId' | 'createdAt'>;
/** The webhook, and which of its variables are not set. */
export type WebhookView = Omit<AlertWebhook, 'projectId'> & { unset: string[] };

/** Only such variables: a name like OPENAI_API_KEY would send that key to wherever the webhook leads. */
const variableName = /^WHETSTONE_WEBHOOK_[A-Z0-9_]{1,60}$/;

export async function webhookView({ stores, environment }: Parts, project: Project): Promise<WebhookView | null> {
  const webhook = await stores.alertDeliveries.webhook(project.id);
  if (webhook === null) return null;
  const { projectId: _, ...view } = webhook;
  return { ...view, unset: variablesOf(webhook).filter((name) => environment.get(name) === undefined) };
}

/** Null takes it away. Throws `webhook_url_invalid`, `webhook_variable_invalid`. */
export async function setWebhook({ stores }: Parts, project: Project, choice: WebhookChoice | null): Promise<void> {
  if (choice !== null) {
    if ((choice.url === null) === (choice.urlVariable === null)) throw urlInvalid();
    if (choice.url !== null) readUrl(choice.url);
    for (const name of variablesOf(choice)) {
      if (variableName.test(name)) continue;
      throw invalid(
        'webhook_variable_invalid',
        `"${name}" can't be used: a variable for webhooks begins with WHETSTONE_WEBHOOK_ and has capitals, digits and underscores, so that no other secret is sent.`,
      );
    }
  }
  await stores.alertDeliveries.setWebhook(project.id, choice);
}

const variablesOf = ({
  urlVariable,
  authorizationVariable,
  signingVariable,
}: Pick<AlertWebhook, 'urlVariable' | 'authorizationVariable' | 'signingVariable'>): string[] =>
  [urlVariable, authorizationVariable, signingVariable].filter((name) => name !== null);

/** What is secret of a webhook, read when it is used. Throws `webhook_variable_unset`, `webhook_url_invalid`, `webhook_needs_https`. */
export function webhookTarget(
  { environment }: Pick<Workbench, 'environment'>,
  webhook: AlertWebhook,
): { url: URL; authorization: string | null; signingKey: string | null } {
  const read = (name: string) => {
    const value = environment.get(name);
    if (value !== undefined) return value;
    throw unavailable('webhook_variable_unset', `${name} is not set. Set it in the environment or in .env.`);
  };
  const readOptional = (name: string | null) => (name === null ? null : read(name));
  const url = readUrl(webhook.urlVariable === null ? (webhook.url ?? '') : read(webhook.urlVariable));
  if (webhook.authorizationVariable !== null && url.protocol === 'http:' && !isNamed(url, environment)) {
    throw invalid(
      'webhook_needs_https',
      'The Authorization header would be readable on its way. Use an address that begins with https://.',
    );
  }
  return {
    url,
    authorization: readOptional(webhook.authorizationVariable),
    signingKey: readOptional(webhook.signingVariable),
  };
}

function readUrl(text: string): URL {
  const url = URL.parse(text);
  // A name and password in the address would be stored and shown.
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') {
    throw urlInvalid();
  }
  return url;
}

const urlInvalid = () =>
  invalid(
    'webhook_url_invalid',
    'Give one address that begins with https:// or http://, without a name and password in it, or the variable that holds it.',
  );

/** Who starts the workbench has named the host: it is on this machine or a private network. */
const isNamed = ({ hostname }: URL, environment: Workbench['environment']): boolean =>
  privateHostsOf({ environment }).includes(hostname);

/** Hosts that may be on this machine or a private network: only who starts the workbench can name them. */
export const privateHostsOf = ({ environment }: Pick<Workbench, 'environment'>): string[] =>
  (environment.get('WHETSTONE_PRIVATE_WEBHOOK_HOSTS') ?? '')
    .split(',')
    .map((host) => host.trim().toLowerCase())
    .filter((host) => host !== '');
