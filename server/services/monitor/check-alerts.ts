import {
  type AlertEvent,
  type AlertEvidence,
  type AlertRule,
  type AlertState,
  alertState,
} from '../../domain/alert.ts';
import {
  type Checked,
  checkBudget,
  checkShare,
  checkSilence,
  periodOf,
  recentMs,
  type ShareFigures,
} from '../../domain/alert-check.ts';
import { dayMs } from '../../domain/durations.ts';
import type { ReleaseId } from '../../domain/ids.ts';
import type { Project } from '../../domain/project.ts';
import type { Workbench } from '../workbench.ts';
import { passRateByRelease } from './online-rates.ts';

type Stores = Pick<Workbench, 'stores'>;
/** How a rule stands: after its newest event, and what was found just now; null where nothing is in production. */
export type CheckedRule = {
  rule: AlertRule;
  state: AlertState;
  last: AlertEvent | null;
  evidence: AlertEvidence | null;
};
type ShareRule = Extract<AlertRule['condition'], { kind: 'share' }>;

/** Holds every rule of a project against what was observed, and writes down what changed. Of several processes that do so at once, one does. */
export async function checkAlerts(workbench: Stores, project: Project, now: Date): Promise<CheckedRule[]> {
  const { alerts } = workbench.stores;
  const checked: CheckedRule[] = [];
  for (const { found, ...before } of await foundOf(workbench, project, now)) {
    const { rule, last } = before;
    const kind = found === null ? null : eventOf(found, before.state);
    if (found === null || kind === null) {
      checked.push(before);
      continue;
    }
    const { evidence } = found;
    const event = {
      ruleId: rule.id,
      changeId: rule.changeId,
      kind,
      evidence,
      note: '',
      author: '',
      createdAt: now.toISOString(),
    };
    await alerts.addEvent(event, last?.id ?? null);
    const newest = await alerts.lastEvent(rule.id);
    checked.push({ rule, state: alertState(newest), last: newest, evidence });
  }
  return checked;
}

/** How every rule of a project stands, without writing anything down. */
export async function alertsNow(workbench: Stores, project: Project, now: Date): Promise<CheckedRule[]> {
  return (await foundOf(workbench, project, now)).map(({ found: _, ...checked }) => checked);
}

async function foundOf(
  workbench: Stores,
  project: Project,
  now: Date,
): Promise<(CheckedRule & { found: Checked | null })[]> {
  const { alerts } = workbench.stores;
  const all: (CheckedRule & { found: Checked | null })[] = [];
  for (const rule of await alerts.rules(project.id)) {
    const last = await alerts.lastEvent(rule.id);
    const found = await check(workbench, project, rule, last, now);
    all.push({ rule, state: alertState(last), last, evidence: found?.evidence ?? null, found });
  }
  return all;
}

function eventOf({ verdict }: Checked, state: AlertState): AlertEvent['kind'] | null {
  if (state === 'ok') return verdict === 'raise' ? 'fired' : null;
  return verdict === 'clear' ? 'resolved' : null;
}

async function check(
  workbench: Stores,
  project: Project,
  rule: AlertRule,
  last: AlertEvent | null,
  now: Date,
): Promise<Checked | null> {
  const { condition } = rule;
  const { observationFigures } = workbench.stores;
  if (condition.kind === 'silence') {
    return checkSilence(condition.hours, await observationFigures.lastSign(project.id), now);
  }
  if (condition.kind === 'budget') {
    const { period } = condition;
    const spent = await observationFigures.spent(project.id, periodOf(period, now).start.toISOString());
    const from = new Date(now.getTime() - recentMs(period)).toISOString();
    return checkBudget(condition, { spent, recent: await observationFigures.spent(project.id, from) }, now);
  }
  const figures = await shareFigures(workbench, condition, { rule, last, now });
  return figures === null ? null : checkShare(condition.threshold, figures);
}

/** Null where `production` of the prompt points to nothing. */
async function shareFigures(
  workbench: Stores,
  condition: ShareRule,
  { rule, last, now }: { rule: AlertRule; last: AlertEvent | null; now: Date },
): Promise<ShareFigures | null> {
  const { alerts, releases } = workbench.stores;
  const move = (await releases.moves(condition.promptId)).find(({ label }) => label === 'production');
  if (move === undefined) return null;
  const { releaseId } = move;
  const resolved = await alerts.lastEvent(rule.id, 'resolved');
  const start = Math.max(Date.parse(move.createdAt), resolved === null ? 0 : Date.parse(resolved.createdAt));
  const counted = async (sinceMs: number) => {
    const since = new Date(sinceMs);
    return { since: since.toISOString(), ...(await passedOf(workbench, condition, releaseId, since)) };
  };
  const windowMs = condition.windowDays * dayMs;
  const index = Math.max(0, Math.floor((now.getTime() - start) / windowMs));
  const whole = await counted(start);
  const fired = alertState(last) === 'ok' ? null : await alerts.lastEvent(rule.id, 'fired');
  return {
    releaseId,
    whole,
    window: { ...(index === 0 ? whole : await counted(start + index * windowMs)), index },
    raised:
      fired?.evidence?.kind === 'share'
        ? { releaseId: fired.evidence.releaseId, after: await counted(Date.parse(fired.createdAt)) }
        : null,
  };
}

async function passedOf(
  workbench: Stores,
  condition: ShareRule,
  release: ReleaseId,
  since: Date,
): Promise<{ passed: number; n: number }> {
  const { observationFigures, prompts } = workbench.stores;
  if (condition.measure === 'feedback') return observationFigures.thumbsUp(release, since.toISOString());
  if (condition.measure === 'answered') return observationFigures.answered(release, since.toISOString());
  if (condition.measure === 'latency') {
    return observationFigures.inTime(release, since.toISOString(), condition.maxMs);
  }
  const rates = await passRateByRelease(workbench, await prompts.get(condition.promptId), since);
  const found = rates.find((rate) => rate.release === release);
  return { passed: found?.rates.passed ?? 0, n: found?.rates.n ?? 0 };
}
