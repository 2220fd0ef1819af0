import { Group, MultiSelect, Paper, SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { OwnValue } from './own-value.tsx';
import classes from './playground.module.css';
import { PlaygroundCases } from './playground-cases.tsx';
import { shownValue } from './subject.ts';
import type { usePlayground } from './use-playground.ts';

type Props = { project: string; playground: ReturnType<typeof usePlayground> };

/** Chooses what stands side by side. */
export function PlaygroundSetup({ project, playground }: Props) {
  const { t } = useTranslation('prompts');
  const { change, versions, models, chosenVersions, chosenModels } = playground;
  const prompts = [...new Set(versions.map(({ prompt }) => prompt))];
  return (
    <Paper component="section" aria-label={t('playground.setup')}>
      <div className={classes.setup}>
        <MultiSelect
          label={t('playground.versions')}
          data={prompts.map((group) => ({
            group,
            items: versions.filter(({ prompt }) => prompt === group).map(({ reference }) => reference),
          }))}
          searchable
          maxValues={6}
          value={chosenVersions}
          onChange={(next) => change({ versions: next })}
        />
        <MultiSelect
          label={t('playground.models')}
          data={models.map(({ reference, allowed }) => ({
            value: reference,
            label: allowed ? reference : `${reference} (${t('common:model.notAllowed')})`,
            disabled: !allowed,
          }))}
          searchable
          maxValues={6}
          value={chosenModels}
          onChange={(next) => change({ models: next })}
        />
        <Inputs project={project} playground={playground} />
      </div>
    </Paper>
  );
}

function Inputs({ project, playground: { search, change, needed, cases, inputs } }: Props) {
  const { t } = useTranslation('prompts');
  const kind = search.own === undefined ? 'case' : 'own';
  const own = () => {
    const [first] = inputs;
    const values = Object.entries(first?.variables ?? {}).map(([name, value]) => [name, shownValue(value)]);
    change({ own: Object.fromEntries(values) });
  };
  return (
    <Stack gap="xs" className={classes.inputs}>
      <Group gap="xs" align="flex-end">
        <SegmentedControl
          aria-label={t('playground.inputs')}
          size="xs"
          data={[
            { value: 'case', label: t('playground.cases'), disabled: cases.set === undefined },
            { value: 'own', label: t('subject.own') },
          ]}
          value={kind}
          onChange={(next) => (next === 'own' ? own() : change({ own: undefined }))}
        />
        {kind === 'case' && cases.sets.length > 1 && (
          <Select
            size="xs"
            w={180}
            aria-label={t('subject.set')}
            allowDeselect={false}
            data={cases.sets.map(({ slug, name }) => ({ value: slug, label: name }))}
            value={cases.set?.slug ?? null}
            onChange={(set) => set !== null && change({ set, cases: undefined, failedIn: undefined })}
          />
        )}
      </Group>
      {kind === 'case' ? (
        <PlaygroundCases project={project} cases={cases} />
      ) : needed.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('subject.noVariables')}
        </Text>
      ) : (
        needed.map((name) => (
          <OwnValue
            key={name}
            name={name}
            value={search.own?.[name] ?? ''}
            onChange={(value) => change({ own: { ...search.own, [name]: value } })}
          />
        ))
      )}
    </Stack>
  );
}
