import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import type { OfferedVariable } from './code-completion.ts';
import { shownValue, type Variables } from './subject.ts';

const SHOWN = 40;

/** The fields of a set and of what is previewed, each with the value that it has there. */
export function useOfferedVariables(
  project: string,
  set: string | null,
  variables: Variables,
): readonly OfferedVariable[] {
  const { t } = useTranslation('prompts');
  const { data } = useApi(
    'GET /api/projects/:project/sets/:set',
    { params: { project, set: set ?? '' } },
    { enabled: set !== null, staleTime: 60_000 },
  );
  const fields = data?.variables;
  return useMemo(() => {
    const names = [...new Set([...(fields ?? []), ...Object.keys(variables)])].sort();
    return names.map((name) => {
      const value = variables[name];
      const text = value === undefined ? t('variables.offered') : shownValue(value).replace(/\s+/g, ' ');
      return { name, detail: text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text };
    });
  }, [fields, variables, t]);
}
