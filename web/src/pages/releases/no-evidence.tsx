import { Alert, Group, Text } from '@mantine/core';
import { Ban, CirclePlay, Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { ButtonLink } from '../../components/link.tsx';
import { isUnderWay, type Run } from '../../components/use-runs.ts';
import type { Candidate } from './release.ts';

type Props = {
  project: string;
  candidate: Omit<Candidate, 'model'> & { model: string | null };
  /** Of the version with that model. */
  runs: readonly Run[];
};

/** Why a version can't be approved with a model, and what to do about it. */
export function NoEvidence({ project, candidate: { prompt, version, model }, runs }: Props) {
  const { t } = useTranslation('releases');
  const known = useApi('GET /api/models', { query: { project } }).data?.models.find(
    ({ reference }) => reference === model,
  );
  const standIn = known?.standIn ?? runs[0]?.standIn ?? false;
  const underWay = standIn ? undefined : runs.find(isUnderWay);
  const name = { prompt, version, model: model ?? '' };
  const why = standIn ? 'standIn' : underWay ? 'underWay' : model === null ? 'neverRun' : 'noRun';
  return (
    <Alert
      icon={underWay ? <Hourglass size={18} aria-hidden /> : <Ban size={18} aria-hidden />}
      color="gray"
      title={t(`blocked.${why}.title`, name)}
    >
      <Text size="sm" maw={820}>
        {t(`blocked.${why}.text`, name)}
      </Text>
      <Group mt="sm">
        {underWay ? (
          <ButtonLink
            to="/projects/$project/runs/$run"
            params={{ project, run: String(underWay.id) }}
            variant="default"
          >
            {t('blocked.watch', { run: underWay.id })}
          </ButtonLink>
        ) : (
          <ButtonLink
            to="/projects/$project/runs/new"
            params={{ project }}
            search={{ prompt, version, model: standIn || model === null ? undefined : model, split: 'all' }}
            leftSection={<CirclePlay size={16} aria-hidden />}
          >
            {t(standIn || model === null ? 'blocked.runModel' : 'blocked.run', name)}
          </ButtonLink>
        )}
      </Group>
    </Alert>
  );
}
