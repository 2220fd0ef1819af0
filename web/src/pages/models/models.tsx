import { Stack } from '@mantine/core';
import { Cable } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { LocalModelList } from './local-model-list.tsx';
import { ModelList } from './model-list.tsx';

/** What can answer: the models of this machine with their files, and all that can be asked with what is known of them. */
export function Models() {
  const { t } = useTranslation('models');
  return (
    <>
      <PageHeader
        title={t('common:pages.models')}
        subtitle={t('subtitle')}
        actions={
          <ButtonLink to="/settings" variant="default" leftSection={<Cable size={16} aria-hidden />}>
            {t('toConnections')}
          </ButtonLink>
        }
      />
      <Stack gap="xl">
        <LocalModelList />
        <ModelList />
      </Stack>
    </>
  );
}
