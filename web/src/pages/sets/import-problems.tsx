import { Alert, Text } from '@mantine/core';
import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';

type Problem = { line: number; column?: number; message: string };

/** The server names at most so many. */
const NAMED = 20;
const column = columnsOf<Problem>();

/** Why nothing was imported: each bad row with its line and what to do, or the error as it is. */
export function ImportProblems({ error }: { error: ApiError }) {
  const { t } = useTranslation('sets');
  const problems = problemsIn(error);
  if (problems.length === 0) return <ErrorAlert error={error} />;
  const columns = column.columns([
    column.accessor('line', {
      header: t('import.line'),
      enableSorting: false,
      meta: { numeric: true },
      cell: ({ row: { original: problem } }) =>
        problem.column === undefined ? problem.line : `${problem.line}:${problem.column}`,
    }),
    column.accessor('message', { header: t('import.problem'), enableSorting: false, meta: { fill: true } }),
  ]);
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<FileWarning size={18} />}
      title={t('import.failed', { count: problems.length })}
    >
      <Text size="sm" mb="xs">
        {t('import.failedText')} {problems.length === NAMED && t('import.first', { count: NAMED })}
      </Text>
      <DataTable
        label={t('import.problems')}
        columns={columns}
        data={problems}
        rowKey={({ line, column: at, message }) => `${line}:${at} ${message}`}
        maxHeight={280}
      />
    </Alert>
  );
}

function problemsIn({ details: { problems } }: ApiError): Problem[] {
  return Array.isArray(problems) ? problems.filter(isProblem) : [];
}

const isProblem = (value: unknown): value is Problem =>
  typeof value === 'object' && value !== null && 'line' in value && 'message' in value;
