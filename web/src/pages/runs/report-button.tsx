import { Button } from '@mantine/core';
import { FileDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import { languageNow } from '../../app/language.ts';

/** Takes a run away as one HTML file, in the reader's language. */
export const RunReportButton = ({ run }: { run: number }) => (
  <ReportButton href={urlOf('GET /api/runs/:run/report', { params: { run }, query: { language: languageNow() } })} />
);

type ComparisonProps = { runs: number[]; split: 'dev' | 'holdout' | 'all' };

/** The same for a comparison. */
export const ComparisonReportButton = ({ runs, split }: ComparisonProps) => (
  <ReportButton href={urlOf('GET /api/comparisons/report', { query: { runs, split, language: languageNow() } })} />
);

function ReportButton({ href }: { href: string }) {
  const { t } = useTranslation('compare');
  return (
    <Button
      component="a"
      href={href}
      download
      variant="default"
      leftSection={<FileDown size={16} aria-hidden />}
      title={t('reportTitle')}
    >
      {t('report')}
    </Button>
  );
}
