import { Paper } from '@mantine/core';
import { useApi } from '../../api/query.ts';
import { Comments } from '../../components/comments.tsx';
import type { Run } from '../../components/use-runs.ts';

/** What people said of a run. */
export function RunComments({ run }: { run: number }) {
  const query = useApi('GET /api/runs/:run/comments', { params: { run } });
  return (
    <Paper>
      <Comments query={query} subjects={[{ kind: 'run', run }]} order={2} />
    </Paper>
  );
}

type Props = { project: string; run: Run; result: { id: number; caseKey: string } };

/** What people said of a result and of its case. */
export function ResultComments({ project, run, result: { id, caseKey } }: Props) {
  const query = useApi('GET /api/results/:id/comments', { params: { id } });
  return (
    <Comments
      query={query}
      subjects={[
        { kind: 'result', result: id },
        { kind: 'case', project, set: run.set, key: caseKey },
      ]}
      order={4}
    />
  );
}
