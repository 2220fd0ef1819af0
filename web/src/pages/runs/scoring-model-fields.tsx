import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmbeddingModelField } from '../../components/embedding-model-field.tsx';
import { ModelSelect } from '../../components/model-select.tsx';
import { asksModel } from './run-draft.ts';
import type { FieldsProps } from './run-what-fields.tsx';

/** The models that the chosen scorers ask; none where they ask none. */
export function ScoringModelFields({ project, draft, change, messageAt }: FieldsProps) {
  const { t } = useTranslation('runs');
  const known = useApi('GET /api/scorers').data?.scorers ?? [];
  const asks = (need: 'judge_model' | 'embedding_model') => asksModel(draft.scorers, known, need);
  if (!asks('judge_model') && !asks('embedding_model')) return null;
  const judgeMessage = messageAt('judgeModel');
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
      {asks('judge_model') && (
        <ModelSelect
          project={project}
          label={t('scorers.judgeModel')}
          description={t('scorers.judgeModelHelp')}
          value={draft.judgeModel === '' ? null : draft.judgeModel}
          onChange={(judgeModel) => change({ judgeModel })}
          {...(judgeMessage === undefined ? {} : { error: judgeMessage })}
        />
      )}
      {asks('embedding_model') && (
        <EmbeddingModelField
          project={project}
          label={t('scorers.embeddingModel')}
          description={t('scorers.embeddingModelHelp')}
          value={draft.embeddingModel}
          onChange={(embeddingModel) => change({ embeddingModel })}
          error={messageAt('embeddingModel')}
        />
      )}
    </SimpleGrid>
  );
}
