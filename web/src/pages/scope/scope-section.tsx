import { Paper, Text, Title } from '@mantine/core';
import { Lightbulb } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FilledSign } from './filled-sign.tsx';
import classes from './scope.module.css';
import { type Section, sections } from './scope-draft.ts';

/** One of the questions that a scope answers: why it is asked, what a good answer looks like, and the fields for it. */
export function ScopeSection({
  section,
  filled,
  children,
}: {
  section: Section;
  filled: boolean;
  children: ReactNode;
}) {
  const { t } = useTranslation('scope');
  return (
    <Paper component="section" id={section} aria-labelledby={titleId(section)} className={classes.section}>
      <div className={classes.head}>
        <Title order={2} id={titleId(section)} tabIndex={-1}>
          {sections.indexOf(section) + 1}. {t(`section.${section}.title`)}
        </Title>
        <FilledSign filled={filled} />
      </div>
      <div id={helpId(section)}>
        <Text size="sm">{t(`section.${section}.why`)}</Text>
        <Text size="sm" c="dimmed" className={classes.good}>
          <Lightbulb size={14} aria-hidden />
          <span>{t('good', { text: t(`section.${section}.good`) })}</span>
        </Text>
      </div>
      {children}
    </Paper>
  );
}

export const titleId = (section: Section) => `${section}-title`;
export const helpId = (section: Section) => `${section}-help`;
