import { Group, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Received } from '../../../../server/http/contract/index.ts';
import { useApi } from '../../api/query.ts';

export type ExportChoice = Omit<
  Received<'GET /api/projects/:project/prompts/:prompt/export'>['query'],
  'version' | 'label'
>;
type Format = ExportChoice['format'];

/** Keys of the texts: a dot would part them. */
const texts = {
  'prompt.yml': 'promptYml',
  prompty: 'prompty',
  openai: 'openai',
  promptfoo: 'promptfoo',
  typescript: 'typescript',
  markdown: 'markdown',
} as const satisfies Record<Format, string>;
const formats = ['prompt.yml', 'prompty', 'openai', 'promptfoo', 'typescript', 'markdown'] as const satisfies Format[];
const splits = ['dev', 'holdout', 'all'] as const;

type Props = { project: string; choice: ExportChoice; onChange: (choice: ExportChoice) => void };

/** Which format, and for one that has tests whose cases they are. */
export function ExportFields({ project, choice, onChange }: Props) {
  const { t } = useTranslation('exports');
  return (
    <>
      <Select
        label={t('format.label')}
        description={t(`${texts[choice.format]}.use`)}
        data={formats.map((format) => ({ value: format, label: t(`${texts[format]}.name`) }))}
        value={choice.format}
        onChange={(format) => format !== null && onChange({ format })}
        allowDeselect={false}
        data-autofocus
      />
      {choice.format === 'promptfoo' && <TestFields project={project} choice={choice} onChange={onChange} />}
    </>
  );
}

function TestFields({ project, choice, onChange }: Props) {
  const { t } = useTranslation('exports');
  const { data } = useApi('GET /api/projects/:project/sets', { params: { project } });
  const sets = data?.sets.map(({ slug, name }) => ({ value: slug, label: name })) ?? [];
  return (
    <Group grow align="flex-start">
      <Select
        label={t('tests.set')}
        placeholder={t('tests.usual')}
        data={sets}
        value={choice.set ?? null}
        onChange={(set) => onChange({ ...choice, set: set ?? undefined })}
        clearable
      />
      <Select
        label={t('tests.split')}
        data={splits.map((split) => ({ value: split, label: t(`common:split.${split}`) }))}
        value={choice.split ?? 'dev'}
        onChange={(chosen) => onChange({ ...choice, split: splits.find((split) => split === chosen) })}
        allowDeselect={false}
      />
    </Group>
  );
}
