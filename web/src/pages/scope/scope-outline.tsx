import { Paper, Text, Title } from '@mantine/core';
import { MessageSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { FilledSign } from './filled-sign.tsx';
import classes from './scope.module.css';
import { useScopeComments } from './scope-comments.tsx';
import { isFilled, type Scope, sections } from './scope-draft.ts';
import { titleId } from './scope-section.tsx';

/** All questions with what is still empty, and the comments; each leads to its place. */
export function ScopeOutline({ project, scope }: { project: string; scope: Scope }) {
  const { t } = useTranslation('scope');
  const filled = sections.filter((section) => isFilled(section, scope)).length;
  return (
    <Paper component="nav" aria-labelledby="outline">
      <Title order={2} id="outline" size="sm">
        {t('outline.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('outline.filled', { filled, count: sections.length })}
      </Text>
      <ol className={classes.outline}>
        {sections.map((section, index) => (
          <li key={section}>
            <button type="button" onClick={() => goTo(titleId(section))}>
              {index + 1}. {t(`section.${section}.title`)}
            </button>
            <FilledSign filled={isFilled(section, scope)} />
          </li>
        ))}
      </ol>
      <CommentsLink project={project} />
    </Paper>
  );
}

function CommentsLink({ project }: { project: string }) {
  const { t } = useTranslation('comments');
  const { data } = useScopeComments(project);
  const comments = data?.comments ?? [];
  if (comments.length === 0) return null;
  const open = comments.filter(({ resolved }) => resolved === null).length;
  return (
    <button type="button" className={classes.toComments} onClick={() => goTo('comments')}>
      <MessageSquare size={14} aria-hidden /> {t('count', { count: comments.length, open })}
    </button>
  );
}

/** The heading has the focus then, so that Tab goes on to its fields. */
function goTo(id: string): void {
  const heading = document.getElementById(id);
  heading?.focus();
  heading?.scrollIntoView({ block: 'start' });
}
