import { Pagination } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { label: string; page: number; pages: number; onPage: (page: number) => void };

/** The way through the pages of a table. */
export function TablePages({ label, page, pages, onPage }: Props) {
  const { t } = useTranslation();
  return (
    <Pagination
      mt={6}
      size="xs"
      siblings={1}
      aria-label={t('tablePages.of', { table: label })}
      total={pages}
      value={page}
      onChange={onPage}
      getItemProps={(one) => ({ 'aria-label': t('tablePages.page', { page: one, pages }) })}
      getControlProps={(control) => ({
        'aria-label': control === 'next' ? t('tablePages.next') : t('tablePages.previous'),
      })}
    />
  );
}
