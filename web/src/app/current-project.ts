import { useParams } from '@tanstack/react-router';
import { useEffect } from 'react';

const STORED = 'whetstone.project';

/** Slug of the project that the page belongs to; on pages of no project the one that was open last. Null before any was. */
export function useCurrentProject(): string | null {
  const { project } = useParams({ strict: false });
  useEffect(() => {
    if (project !== undefined) localStorage.setItem(STORED, project);
  }, [project]);
  return project ?? localStorage.getItem(STORED);
}
