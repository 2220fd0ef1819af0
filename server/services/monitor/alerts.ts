import {
  type AlertCondition,
  type AlertEvent,
  type AlertEvidence,
  type AlertRule,
  type AlertRuleChange,
  type AlertState,
  alertState,
  watchedBy,
} from '../../domain/alert.ts';
import { conflict, invalid, missing } from '../../domain/errors.ts';
import type { AlertRuleChangeId, AlertRuleId } from '../../domain/ids.ts';
import type { Actor } from '../../domain/person.ts';
import type { Project } from '../../domain/project.ts';
import type { AskedEvent } from '../../storage/alert-store.ts';
import { findPrompt } from '../deploy/find-version.ts';
import { signingName } from '../people/identify.ts';
import type { Workbench } from '../workbench.ts';
import type { CheckedRule } from './check-alerts.ts';

type Stores = Pick<Workbench, 'stores'>;
type ShareCondition = Extract<AlertCondition, { kind: 'share' }>;
type Named<Condition> = Condition extends unknown ? Omit<Condition, 'promptId'> & { prompt: string } : never;
/** A condition with its prompt by slug. */
export type ConditionView = Exclude<AlertCondition, { kind: 'share' }> | Named<ShareCondition>;
/** What a rule was held against, with what its release is called. */
export type EvidenceView =
  | Exclude<AlertEvidence, { kind: 'share' }>
  | (Omit<Extract<AlertEvidence, { kind: 'share' }>, 'releaseId'> & { release: number; number: number });
export type EventView = Pick<AlertEvent, 'id' | 'kind' | 'note' | 'author' | 'createdAt'> & {
  rule: number;
  condition: ConditionView;
  evidence: EvidenceView | null;
};
export type RuleView = Pick<AlertRule, 'id' | 'author' | 'createdAt'> & {
  condition: ConditionView;
  state: AlertState;
  evidence: EvidenceView | null;
  /** Since when it fires; null while it does not. */
  since: string | null;
};

/** p95 within so many ms means that 95 % of the calls are. */
const latencyShare = 0.95;
/** As many events as are shown. */
const historyLimit = 200;

export type NewCondition =
  | Exclude<AlertCondition, { kind: 'share' }>
  | {
      kind: 'share';
      measure: 'scores' | 'feedback' | 'answered';
      prompt: string;
      windowDays: number;
      threshold: number;
    }
  | { kind: 'share'; measure: 'latency'; prompt: string; windowDays: number; maxMs: number };

/** Throws `prompt_missing`, `alert_rule_exists`. */
export async function addAlertRule(
  workbench: Stores,
  project: Project,
  { condition: asked, author }: { condition: NewCondition; author: string },
): Promise<AlertRule> {
  const condition = await conditionOf(workbench, project, asked);
  await requireNew(workbench, project, condition);
  return workbench.stores.alerts.addRule({ projectId: project.id, condition, author });
}

async function conditionOf(workbench: Stores, project: Project, asked: NewCondition): Promise<AlertCondition> {
  if (asked.kind !== 'share') return asked;
  const { prompt, ...condition } = asked;
  const { id: promptId } = await findPrompt(workbench, project, prompt);
  return condition.measure === 'latency'
    ? { ...condition, promptId, threshold: latencyShare }
    : { ...condition, promptId };
}

const isSame = (one: AlertCondition, other: AlertCondition): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/**
 * Gives a rule other limits from now on: its state stays, and is held against them with the next look. Throws `alert_rule_missing`, `alert_rule_exists`,
 * `alert_rule_watches_other` where the condition watches something else.
 */
export async function changeAlertRule(
  workbench: Stores,
  project: Project,
  id: number,
  { condition: asked, author }: { condition: NewCondition; author: string },
): Promise<void> {
  const rule = await ruleOf(workbench, project, id);
  const condition = await conditionOf(workbench, project, asked);
  if (isSame(rule.condition, condition)) return;
  if (watchedBy(rule.condition) !== watchedBy(condition)) {
    throw invalid(
      'alert_rule_watches_other',
      'A rule can be given other limits, and watches what it watched. Add a rule for something else.',
    );
  }
  await requireNew(workbench, project, condition);
  await workbench.stores.alerts.changeRule(rule.id, { condition, author });
}

async function requireNew({ stores }: Stores, project: Project, condition: AlertCondition): Promise<void> {
  const rules = await stores.alerts.rules(project.id);
  if (!rules.some((rule) => isSame(rule.condition, condition))) return;
  throw conflict('alert_rule_exists', 'There is such a rule already. Change that one, or ask for something else.');
}

/** Its history stays. Throws `alert_rule_missing`. */
export async function removeAlertRule(workbench: Stores, project: Project, id: number): Promise<void> {
  const rule = await ruleOf(workbench, project, id);
  await workbench.stores.alerts.removeRule(rule.id);
}

/** Says that a person has an alert in hand; it rests once it is resolved. Throws `name_required`, `alert_not_firing`, `alert_rule_missing`. */
export async function acknowledgeAlert(
  workbench: Stores,
  project: Project,
  actor: Actor,
  id: number,
  { note, by }: { note: string; by: string },
): Promise<void> {
  const author = signingName(actor, by);
  const { alerts } = workbench.stores;
  const rule = await ruleOf(workbench, project, id);
  const last = await alerts.lastEvent(rule.id);
  const { changeId } = rule;
  const event = { ruleId: rule.id, changeId, kind: 'acknowledged' as const, evidence: null, note, author };
  const added = last !== null && alertState(last) === 'firing' ? await alerts.addEvent(event, last.id) : null;
  if (added !== null) return;
  throw conflict(
    'alert_not_firing',
    'This alert does not fire any more, or somebody has acknowledged it. Reload the page.',
  );
}

/** A rule that was removed is none any more. */
async function ruleOf({ stores }: Stores, project: Project, id: number): Promise<AlertRule> {
  const rule = await stores.alerts.rule(id as AlertRuleId);
  if (rule.projectId === project.id && rule.removedAt === null) return rule;
  throw missing('alert_rule_missing', `${project.name} has no alert rule ${id}.`);
}

export async function ruleView(workbench: Stores, { rule, state, last, evidence }: CheckedRule): Promise<RuleView> {
  const { id, author, createdAt, condition } = rule;
  const fired = state === 'ok' ? null : await workbench.stores.alerts.lastEvent(id, 'fired');
  return {
    id,
    author,
    createdAt,
    state,
    condition: await conditionView(workbench, condition),
    // While it fires, what it was raised by says why.
    evidence: await evidenceView(
      workbench,
      state === 'ok' ? evidence : (last?.evidence ?? fired?.evidence ?? evidence),
    ),
    since: fired?.createdAt ?? null,
  };
}

/** A change of a rule among its events; `before` is what it asked until then. */
export type ChangeView = Omit<EventView, 'kind' | 'id'> & {
  kind: 'changed';
  id: AlertRuleChangeId;
  before: ConditionView;
};

/** What became of the rules of a project, and how they were changed, newest first. */
export async function alertHistory(workbench: Stores, project: Project): Promise<(EventView | ChangeView)[]> {
  const { alerts } = workbench.stores;
  const events = await alerts.history(project.id, historyLimit);
  const changes = await alerts.changes(project.id, historyLimit);
  const views = [
    ...(await Promise.all(events.map((event) => eventView(workbench, event)))),
    ...(await Promise.all(changes.map((change) => changeView(workbench, change)))),
  ];
  return views.sort((a, b) => b.createdAt.localeCompare(a.createdAt)).slice(0, historyLimit);
}

async function changeView(
  workbench: Stores,
  { id, ruleId, before, condition, author, createdAt }: AlertRuleChange,
): Promise<ChangeView> {
  return {
    id,
    kind: 'changed',
    rule: ruleId,
    evidence: null,
    note: '',
    author,
    createdAt,
    before: await conditionView(workbench, before),
    condition: await conditionView(workbench, condition),
  };
}

export async function eventView(
  workbench: Stores,
  { ruleId, changeId: _, condition, evidence, ...event }: AskedEvent,
): Promise<EventView> {
  return {
    ...event,
    rule: ruleId,
    condition: await conditionView(workbench, condition),
    evidence: await evidenceView(workbench, evidence),
  };
}

export async function conditionView({ stores }: Stores, condition: AlertCondition): Promise<ConditionView> {
  if (condition.kind !== 'share') return condition;
  const { promptId, ...about } = condition;
  return { ...about, prompt: (await stores.prompts.get(promptId)).slug };
}

async function evidenceView({ stores }: Stores, evidence: AlertEvidence | null): Promise<EvidenceView | null> {
  if (evidence?.kind !== 'share') return evidence;
  const { releaseId, ...about } = evidence;
  return { ...about, release: releaseId, number: (await stores.releases.get(releaseId)).number };
}
