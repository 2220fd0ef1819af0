import type { Selectable } from 'kysely';
import type { ModelParameters } from '../domain/prompt.ts';
import { defaultRunSettings, type Run, type RunSettings, type RunStatus } from '../domain/run.ts';
import type { ScorerSpec } from '../domain/scorer.ts';
import { fromJson } from './json-column.ts';
import { ownerIsAlive } from './run-owner.ts';
import type { Tables } from './schema.ts';

/** A run with the scorers of its newest scoring. */
export type RunRow = Selectable<Tables['run']> & { scorers: string | null };

/** A run that says it is running while nobody holds it was interrupted. */
export function runOf(row: RunRow): Run {
  const held = row.owner !== null && row.leaseUntil !== null && row.leaseUntil >= Date.now() && ownerIsAlive(row.owner);
  // Running though nobody ever holds it now: its provider works on it, and whoever follows it next goes on.
  const abandoned = row.status === 'running' && row.owner !== null && !held;
  return {
    id: row.id,
    projectId: row.projectId,
    promptVersionId: row.promptVersionId,
    evalSetVersionId: row.evalSetVersionId,
    model: row.model,
    standIn: row.standIn === 1,
    parameters: fromJson<ModelParameters>(row.parameters),
    scorers: fromJson<ScorerSpec[]>(row.scorers ?? '[]'),
    // What an earlier version kept lacks what was added since.
    settings: { ...defaultRunSettings, ...fromJson<Partial<RunSettings>>(row.settings) },
    status: abandoned ? 'interrupted' : (row.status as RunStatus),
    statusReason: abandoned
      ? 'The process that executed this run ended. Resume it to go on from where it stopped.'
      : row.statusReason,
    total: row.total,
    note: row.note,
    codeVersion: row.codeVersion,
    servedModel: row.servedModel,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
    endedAt: row.endedAt,
    tags: fromJson<string[]>(row.tags),
    archivedAt: row.archivedAt,
  };
}
