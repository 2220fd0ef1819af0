import { Alert, Text } from '@mantine/core';
import { FileWarning } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import { DataTable } from '../../components/data-table.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { type Problem as FileProblem, problemsIn } from '../../components/problem-list.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { columnsOf } from '../../components/table-columns.ts';

type Problem = FileProblem & { line: number };

const column = columnsOf<Problem>();

/** Why nothing was imported: each bad row with its line and what to do, or the error as it is. */
export function ImportProblems({ error, file }: { error: ApiError; file: string }) {
  const problems = problemsIn(error.details).filter(isOfFile);
  if (problems.length === 0) return <ErrorAlert error={error} />;
  return <ProblemTable problems={problems} count={problems.length} file={file} />;
}

/** The bad rows of a file; of many, the server names the first. */
export function ProblemTable({ problems, count, file }: { problems: readonly Problem[]; count: number; file: string }) {
  const { t } = useTranslation('setImport');
  const errorText = useErrorText();
  const columns = column.columns([
    column.accessor('line', { header: t('line'), enableSorting: false, meta: { numeric: true } }),
    column.accessor('column', { header: t('column'), enableSorting: false, meta: { numeric: true } }),
    column.accessor((problem) => errorText({ ...problem, code: problem.code ?? '' }), {
      id: 'message',
      header: t('problem'),
      enableSorting: false,
      meta: { fill: true },
    }),
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

const isOfFile = (problem: FileProblem): problem is Problem => problem.line !== undefined;
