import { Alert, Button, Paper, Text, Title } from '@mantine/core';
import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../../api/query.ts';
import { useErrorText } from '../../../components/error-text.ts';
import { formatNumber, formatPercent } from '../../../components/format.ts';
import { ErrorAlert } from '../../../components/query-state.tsx';
import tables from '../set-contents.module.css';
import classes from './audit.module.css';
import type { Audit } from './audit-report.ts';

/** What the doubt is made of: each source with how often it says what the labels say. */
export function AuditSources({ project, audit }: { project: string; audit: Audit }) {
  const { t } = useTranslation('audit');
  const errorText = useErrorText();
  const training = useApiMutation('POST /api/projects/:project/baseline');
  const heard = audit.sources.filter(({ n }) => n > 0);
  const nameOf = (source: Audit['sources'][number]) => {
    if (source.source !== 'run') return t(`sources.${source.source}`);
    const run = audit.runs.find((other) => other.run === source.run);
    return run === undefined ? '' : `${t('sources.run', run)} · ${t(`common:split.${run.split}`)}`;
  };
  return (
    <Paper component="section" aria-labelledby="audit-sources">
      <Title order={2} id="audit-sources">
        {t('sources.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('sources.help')}
      </Text>
      <div className={classes.box}>
        <table className={tables.table}>
          <thead>
            <tr>
              <th scope="col">{t('sources.source')}</th>
              <th scope="col">{t('sources.n')}</th>
              <th scope="col">{t('sources.right')}</th>
              <th scope="col">{t('sources.weight')}</th>
            </tr>
          </thead>
          <tbody>
            {heard.map((source) => (
              <tr key={source.source === 'run' ? `run ${source.run}` : source.source}>
                <th scope="row">{nameOf(source)}</th>
                <td>{formatNumber(source.n)}</td>
                <td>{formatPercent(source.right / source.n)}</td>
                <td>{formatNumber(source.weight, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {audit.classifierReason !== null && (
        <Alert color="gray" variant="light" mt="sm" icon={<Info size={18} />} title={t('sources.noClassifier')}>
          <Text size="sm">{errorText(audit.classifierReason)}</Text>
          {audit.classifierReason.code === 'baseline_not_trained' && (
            <Button
              size="compact-sm"
              mt="xs"
              loading={training.isPending}
              onClick={() => training.mutate({ params: { project }, body: { set: audit.set } })}
            >
              {t('sources.train')}
            </Button>
          )}
          {training.error !== null && <ErrorAlert error={training.error} />}
        </Alert>
      )}
    </Paper>
  );
}
