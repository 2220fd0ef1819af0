import { useParams } from '@tanstack/react-router';
import { useApi } from '../../api/query.ts';
import { Comments } from '../../components/comments.tsx';

/** What people said of a case, whatever version of the set. */
export function CaseComments({ caseKey: key }: { caseKey: string }) {
  const { project, set } = useParams({ from: '/projects/$project/sets/$set' });
  const given = { params: { project, set }, query: { case: key } };
  const query = useApi('GET /api/projects/:project/sets/:set/comments', given);
  return <Comments query={query} subjects={[{ kind: 'case', project, set, key }]} order={3} />;
}
