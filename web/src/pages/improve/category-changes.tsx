import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { DateTime } from '../../components/figures.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import classes from './failures.module.css';

type Change = Answer<'GET /api/projects/:project/category-changes'>['changes'][number];

/** What was done to categories at once, newest first, and the way back. */
export function CategoryChanges({ project }: { project: string }) {
  const { t } = useTranslation('improve');
  const query = useApi('GET /api/projects/:project/category-changes', { params: { project } });
  const undo = useApiMutation('POST /api/projects/:project/category-changes/:id/undo');
  const [author] = useAuthor();
  const changes = query.data?.changes ?? [];
  if (changes.length === 0) return null;
  return (
    <details className={classes.changes}>
      <summary>{t('changes.title', { count: changes.length })}</summary>
      {undo.error !== null && <ErrorAlert error={undo.error} />}
      <ul>
        {changes.map((change) => (
          <li key={change.id}>
            <ChangeText change={change} />
            <span className="dim">
              {change.author !== '' && `${change.author} · `}
              <DateTime at={change.createdAt} />
            </span>
            {change.undone !== null ? (
              <span className="dim">{t('changes.undone')}</span>
            ) : change.standing === 0 ? (
              <span className="dim">{t('changes.superseded')}</span>
            ) : (
              <Button
                variant="default"
                size="compact-xs"
                loading={undo.isPending && undo.variables.params.id === change.id}
                onClick={() => undo.mutate({ params: { project, id: change.id }, body: { author } })}
              >
                {t('changes.undo', { count: change.standing })}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ChangeText({ change: { content } }: { change: Change }) {
  const { t } = useTranslation('improve');
  if (content.type === 'renamed') {
    return <span>{t('changes.renamed', { from: content.from.join(t('changes.and')), to: content.to })}</span>;
  }
  const categories = content.categories.map(({ category, results }) => `${category} (${results})`);
  return <span>{t('changes.sorted', { categories: categories.join(t('changes.and')) })}</span>;
}
