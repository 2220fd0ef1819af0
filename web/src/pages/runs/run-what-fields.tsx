import { Group, Paper, Radio, Select, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { formatNumber } from '../../components/format.ts';
import { ModelSelect } from '../../components/model-select.tsx';
import classes from './new-run.module.css';
import type { DraftField, RunDraft } from './run-draft.ts';

export type FieldsProps = {
  project: string;
  draft: RunDraft;
  change: (part: Partial<RunDraft>) => void;
  messageAt: (field: DraftField) => string | undefined;
};

/** What is run on what: prompt version, set, side of it, model. */
export function RunWhatFields({ project, draft, change, messageAt }: FieldsProps) {
  const { t } = useTranslation('runs');
  const prompts = useApi('GET /api/projects/:project/prompts', { params: { project } }).data?.prompts ?? [];
  const sets = useApi('GET /api/projects/:project/sets', { params: { project } }).data?.sets ?? [];
  return (
    <Paper>
      <Stack gap="sm">
        <Title order={2}>{t('new.what')}</Title>
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <Select
            label={t('prompt')}
            data={prompts.map(({ slug, name, versionCount }) => ({
              value: slug,
              label: name,
              disabled: versionCount === 0,
            }))}
            value={draft.prompt}
            onChange={(prompt) => prompt !== null && change({ prompt, version: null })}
            allowDeselect={false}
            error={messageAt('prompt')}
          />
          <VersionSelect project={project} draft={draft} change={change} />
          <Select
            label={t('set')}
            data={sets.map(({ slug, name, version, caseCount }) => ({
              value: slug,
              label: t('new.setOption', { name, version, count: caseCount }),
              disabled: caseCount === 0,
            }))}
            value={draft.set}
            onChange={(set) => set !== null && change({ set })}
            allowDeselect={false}
            error={messageAt('set')}
          />
          <ModelSelect
            project={project}
            value={draft.model === '' ? null : draft.model}
            onChange={(model) => change({ model })}
            {...(messageAt('model') === undefined ? {} : { error: messageAt('model') })}
          />
        </SimpleGrid>
        <SplitRadio project={project} draft={draft} change={change} />
      </Stack>
    </Paper>
  );
}

function VersionSelect({ project, draft, change }: Omit<FieldsProps, 'messageAt'>) {
  const { t } = useTranslation('runs');
  const query = useApi(
    'GET /api/projects/:project/prompts/:prompt',
    { params: { project, prompt: draft.prompt } },
    { enabled: draft.prompt !== '' },
  );
  const versions = (query.data?.versions ?? []).toReversed();
  return (
    <Select
      label={t('version')}
      data={versions.map(({ number, note, labels }) => ({
        value: String(number),
        label: [`${number}`, note, labels.length > 0 ? `(${labels.join(', ')})` : '']
          .filter((part) => part !== '')
          .join(' · '),
      }))}
      value={String(draft.version ?? versions[0]?.number ?? '')}
      onChange={(version) => version !== null && change({ version: Number(version) })}
      allowDeselect={false}
      searchable
    />
  );
}

/** The choice that decides what a result may be used for. */
function SplitRadio({ project, draft, change }: Omit<FieldsProps, 'messageAt'>) {
  const { t } = useTranslation('runs');
  const { data } = useApi(
    'GET /api/projects/:project/sets/:set',
    { params: { project, set: draft.set }, query: {} },
    { enabled: draft.set !== '' },
  );
  const countOf = (split: RunDraft['split']) =>
    data?.labels.reduce((sum, label) => sum + (split === 'all' || label.split === split ? label.count : 0), 0);
  const choices = (['dev', 'holdout', 'all'] as const).map((split) => ({ split, count: countOf(split) }));
  return (
    <Radio.Group
      label={t('new.split')}
      value={draft.split}
      onChange={(value) => {
        const chosen = choices.find(({ split }) => split === value);
        if (chosen !== undefined) change({ split: chosen.split });
      }}
    >
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="xs" mt={6}>
        {choices.map(({ split, count }) => (
          <Radio.Card key={split} value={split} p="xs" radius="sm" className={classes.card} disabled={count === 0}>
            <Group gap="xs" wrap="nowrap" align="flex-start">
              <Radio.Indicator size="xs" mt={3} />
              <div>
                <strong>{t(`common:split.${split}`)}</strong>{' '}
                {count !== undefined && (
                  <span className="dim">{t('new.cases', { count, shown: formatNumber(count) })}</span>
                )}
                <div className="dim" style={{ fontSize: 'var(--mantine-font-size-xs)' }}>
                  {count === 0 ? t('new.splitEmpty') : t(`new.splitHelp.${split}`)}
                </div>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
