import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../components/page-header.tsx';
import { About } from './about.tsx';
import { Connections } from './connections.tsx';
import { People } from './people.tsx';
import { Prices } from './prices.tsx';

/** What belongs to this workbench rather than to a project: where models are reached, and where its data lies. */
export function Settings() {
  const { t } = useTranslation('settings');
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Stack gap="xl">
        <Connections />
        <Prices />
        <People />
        <About />
      </Stack>
    </>
  );
}
