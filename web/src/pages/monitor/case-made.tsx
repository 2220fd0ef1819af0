import { Group, Text, Title } from '@mantine/core';
import { CirclePlay, FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/link.tsx';
import { usePanelFocus } from '../../components/panel-focus.ts';
import { valueText } from './observation.ts';
import classes from './observation-drawer.module.css';
import { useCaseOf } from './use-case-of.ts';
import type { Release } from './use-release-names.ts';

type Props = { project: string; caseKey: string; release: Release | undefined };

/** The case that an observation became, and the way into the next run. */
export function CaseMade({ project, caseKey, release }: Props) {
  const { t } = useTranslation('monitor');
  const { made, pending } = useCaseOf(project, caseKey);
  // The button that made it is gone.
  const section = usePanelFocus<HTMLElement>(false);
  return (
    <section ref={section} tabIndex={-1} className={classes.case} aria-labelledby="made-case">
      <Title order={3} id="made-case" mb={4}>
        {t('case.made', { key: caseKey })}
      </Title>
      <Text role="status">
        {made !== null
          ? t('case.isIn', {
              set: made.set.name,
              version: made.set.version,
              split: t(`common:split.${made.split}`),
              expected: valueText(made.expected),
            })
          : pending
            ? t('common:loading')
            : t('case.removed')}
      </Text>
      {made !== null && (
        <Group gap="xs" mt="sm">
          <ButtonLink
            to="/projects/$project/runs/new"
            params={{ project }}
            search={{
              prompt: release?.prompt,
              version: release?.version,
              model: release?.model,
              set: made.set.slug,
              split: made.split,
            }}
            leftSection={<CirclePlay size={16} aria-hidden />}
          >
            {t('case.run')}
          </ButtonLink>
          <ButtonLink
            to="/projects/$project/sets/$set"
            params={{ project, set: made.set.slug }}
            search={{ case: caseKey }}
            variant="default"
            leftSection={<FlaskConical size={16} aria-hidden />}
          >
            {t('case.open')}
          </ButtonLink>
        </Group>
      )}
    </section>
  );
}
