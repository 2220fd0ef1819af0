import { Alert, Text } from '@mantine/core';
import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';

type Problem = { line: number; column?: number; message: string };

const column = columnsOf<Problem>();

/** Why nothing was imported: each bad row with its line and what to do, or the error as it is. */
export function ImportProblems({ error, file }: { error: ApiError; file: string }) {
  const problems = problemsIn(error);
  if (problems.length === 0) return <ErrorAlert error={error} />;
  return <ProblemTable problems={problems} count={problems.length} file={file} />;
}

/** The bad rows of a file; of many, the server names the first. */
export function ProblemTable({ problems, count, file }: { problems: readonly Problem[]; count: number; file: string }) {
  const { t } = useTranslation('setImport');
  const columns = column.columns([
    column.accessor('line', { header: t('line'), enableSorting: false, meta: { numeric: true } }),
    column.accessor('column', { header: t('column'), enableSorting: false, meta: { numeric: true } }),
    column.accessor('message', { header: t('problem'), enableSorting: false, meta: { fill: true } }),
  ]);
  return (
    <Alert role="alert" color="red" variant="light" icon={<FileWarning size={18} />} title={t('failed', { count })}>
      <Text size="sm" mb="xs">
        {t('failedText', { file })} {problems.length < count && t('first', { count: problems.length })}
      </Text>
      <DataTable
        label={t('problems')}
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
