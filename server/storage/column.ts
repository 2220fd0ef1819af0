import type { ColumnType } from 'kysely';

/** Columns as SQLite keeps them: JSON as text, booleans as 0 and 1, instants as ISO 8601 in UTC. Stores turn them into domain types. */
export type Json = string;
export type Flag = number;
export type Instant = string;
/** Given once, never updated. */
export type Fixed<T> = ColumnType<T, T, never>;
