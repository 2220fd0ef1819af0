import { Compass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/empty-state.tsx';
import { ButtonLink } from '../components/link.tsx';
import { PageHeader } from '../components/page-header.tsx';

/** Where an address leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageHeader title={t('notFound.title')} />
      <EmptyState
        icon={Compass}
        title={t('notFound.address')}
        action={<ButtonLink to="/">{t('notFound.action')}</ButtonLink>}
      >
        {t('notFound.text')}
      </EmptyState>
    </>
  );
}
