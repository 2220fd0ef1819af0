import { useParams } from '@tanstack/react-router';

const STORED = 'whetstone.project';

/** Slug of the project that the page belongs to; on pages of no project the one that was open last. Null before any was. */
export function useCurrentProject(): string | null {
  const { project } = useParams({ strict: false });
  return project ?? localStorage.getItem(STORED);
}

/** Remembers a project that is known to be there. */
export const rememberProject = (slug: string): void => localStorage.setItem(STORED, slug);
