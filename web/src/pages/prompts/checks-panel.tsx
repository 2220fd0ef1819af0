import { Button, Paper, Text, Title } from '@mantine/core';
import { CircleCheck, Lightbulb, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorAlert } from '../../components/query-state.tsx';
import { fixedDraft } from './check-fix.ts';
import classes from './checks-panel.module.css';
import type { Draft } from './draft.ts';
import type { PromptCheck, useChecks } from './use-checks.ts';

type Props = {
  query: ReturnType<typeof useChecks>;
  /** A message that can't be read is not checked. */
  unreadable: boolean;
  draft: Draft;
  onFix: (draft: Draft) => void;
};

/** What is worth changing in the draft, each with why and how; no model is asked. */
export function ChecksPanel({ query, unreadable, draft, onFix }: Props) {
  const { t } = useTranslation('prompts');
  const { data, error } = query;
  const panel = useRef<HTMLElement>(null);
  const fix = (next: Draft) => {
    // The button goes with its check.
    panel.current?.focus();
    onFix(next);
  };
  return (
    <Paper component="section" aria-labelledby="checks" ref={panel} tabIndex={-1} className={classes.panel}>
      <Title order={2} id="checks" mb={4}>
        {t('check.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {data === undefined || data.set === null
          ? t('check.withoutSet')
          : t('check.against', { set: data.set.slug, version: data.set.version, count: data.set.holdoutCases })}
      </Text>
      {error !== null && <ErrorAlert error={error} retry={() => query.refetch()} />}
      {unreadable && <Text size="sm">{t('check.unreadable')}</Text>}
      {data?.checks.length === 0 && !unreadable && (
        <Text size="sm" role="status">
          <CircleCheck size={16} color="var(--w-pass)" style={{ verticalAlign: '-3px' }} aria-hidden />{' '}
          {t('check.nothing')}
        </Text>
      )}
      {data !== undefined && data.checks.length > 0 && (
        <ul className={classes.list}>
          {data.checks.map((check) => (
            <Check key={JSON.stringify(check)} check={check} draft={draft} onFix={fix} />
          ))}
        </ul>
      )}
    </Paper>
  );
}

type CheckProps = Pick<Props, 'draft' | 'onFix'> & { check: PromptCheck };

function Check({ check, draft, onFix }: CheckProps) {
  const { t } = useTranslation('prompts');
  const { name, level, message, line, values } = check;
  const fixed = fixedDraft(draft, check, (labels) => t('check.nameLabels', { labels }));
  const Icon = level === 'warning' ? TriangleAlert : Lightbulb;
  const place = message === null ? null : t('check.place', { message: message + 1, line: line ?? 1 });
  // Braces of their own: those of the text are its placeholders.
  const tag = `{{${values.variable}}}`;
  const optional = `{{default ${values.variable} "…"}}`;
  const given = { ...values, tag, optional, closestTag: `{{${values.closest}}}` };
  return (
    <li className={classes.check} data-level={level}>
      <Icon size={16} className={classes.sign} aria-label={t(`check.level.${level}`)} role="img" />
      <div>
        <p className={classes.what}>
          {t(`check.${name}.what`, given)} {place !== null && <span className={classes.place}>{place}</span>}
        </p>
        <p className="dim">{t(`check.${name}.why`, given)}</p>
        <p>
          {name === 'variable_unknown' && values.closest !== undefined
            ? t('check.variable_unknown.fixClosest', given)
            : t(`check.${name}.fix`, given)}
        </p>
        {fixed !== null && (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => onFix(fixed)}>
            {t(`check.apply.${name}`, given)}
          </Button>
        )}
      </div>
    </li>
  );
}
