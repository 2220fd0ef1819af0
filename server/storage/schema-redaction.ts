import type { Generated } from 'kysely';
import type { ProjectId } from '../domain/ids.ts';
import type { Fixed, Instant, Json } from './column.ts';

/** What is taken out of production calls before they are stored. */
export type RedactionTables = {
  redactionRules: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    number: Fixed<number>;
    content: Fixed<Json>;
    author: Fixed<string>;
    createdAt: Fixed<Instant>;
  };
  /** How often a rule has found something, by the name that stands in its place. */
  redactionCount: { projectId: Fixed<ProjectId>; name: Fixed<string>; count: number; lastAt: Instant };
  /** When rules, by their number, were applied to what was stored before them. */
  storedRedaction: {
    id: Generated<number>;
    projectId: Fixed<ProjectId>;
    rules: Fixed<number>;
    author: Fixed<string>;
    records: Fixed<number>;
    changed: Fixed<number>;
    createdAt: Fixed<Instant>;
  };
};
