import { Button, Group, Stack, Text } from '@mantine/core';
import { CircleCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../components/format.ts';
import { ButtonLink } from '../../components/link.tsx';
import classes from './import-outcome.module.css';

type Props = {
  project: string;
  outcome: Answer<'POST /api/projects/:project/sets/import'>;
  onAgain: () => void;
  onClose: () => void;
};

const counts = ['added', 'replaced', 'unchanged'] as const;
const sides = ['dev', 'holdout'] as const;

/** What an import did, and where to go on. */
export function ImportOutcome({ project, outcome, onAgain, onClose }: Props) {
  const { t } = useTranslation('sets');
  const { set } = outcome;
  const prompts = useApi('GET /api/projects/:project/prompts', { params: { project } }).data?.prompts;
  const canRun = prompts === undefined || prompts.some(({ versionCount }) => versionCount > 0);
  const nothing = outcome.added + outcome.replaced === 0;
  return (
    <Stack gap="md">
      <Group gap="xs" role="status" wrap="nowrap" align="flex-start">
        <CircleCheck size={18} aria-hidden color="var(--w-pass)" style={{ flex: 'none', marginTop: 2 }} />
        <Text>{t(nothing ? 'imported.nothing' : 'imported.done', { set: set.name, version: set.version })}</Text>
      </Group>
      <dl className={classes.counts}>
        {counts.map((name) => (
          <div key={name}>
            <dt>{t(`imported.${name}`)}</dt>
            <dd>{formatNumber(outcome[name])}</dd>
          </div>
        ))}
        {sides.map((side) => (
          <div key={side}>
            <dt>{t(`imported.${side}`)}</dt>
            <dd>{formatNumber(outcome[side])}</dd>
          </div>
        ))}
      </dl>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onAgain}>
          {t('imported.again')}
        </Button>
        {canRun ? (
          <ButtonLink
            variant="default"
            to="/projects/$project/runs/new"
            params={{ project }}
            search={{ set: set.slug }}
            onClick={onClose}
          >
            {t('action.run')}
          </ButtonLink>
        ) : (
          <ButtonLink variant="default" to="/projects/$project/prompts" params={{ project }} onClick={onClose}>
            {t('runs:new.toPrompts')}
          </ButtonLink>
        )}
        <ButtonLink to="/projects/$project/sets/$set" params={{ project, set: set.slug }}>
          {t('imported.open')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
