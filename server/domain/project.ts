import type { ProjectId } from './ids.ts';

export type Project = { id: ProjectId; slug: string; name: string; createdAt: string };
