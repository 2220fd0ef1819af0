import { Button, Menu } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { urlOf } from '../../api/client.ts';
import type { Run } from '../../components/use-runs.ts';

const ROUTE = '/projects/$project/runs/$run';

/** The results as a file: those that are shown, or all of the run. */
export function ResultExport({ run: { id: run } }: { run: Run }) {
  const { t } = useTranslation('results');
  const { outcome: tab = 'not_passed', result: _, part: __, ...filter } = useSearch({ from: ROUTE });
  const shown = { ...filter, outcome: tab === 'all' ? undefined : tab };
  const choices = [
    { label: t('export.shown'), query: shown },
    { label: t('export.all'), query: {} },
  ];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Download size={14} aria-hidden />}>
          {t('export.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {choices.map(({ label, query }) => [
          <Menu.Label key={label}>{label}</Menu.Label>,
          <Menu.Item
            key={`${label} csv`}
            component="a"
            href={urlOf('GET /api/runs/:run/results.csv', { params: { run }, query })}
            download
          >
            {t('export.csv')}
          </Menu.Item>,
          <Menu.Item
            key={`${label} jsonl`}
            component="a"
            href={urlOf('GET /api/runs/:run/results.jsonl', { params: { run }, query })}
            download
          >
            {t('export.jsonl')}
          </Menu.Item>,
        ])}
      </Menu.Dropdown>
    </Menu>
  );
}
