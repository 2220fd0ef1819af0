import { Alert } from '@mantine/core';
import { Hourglass } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AnchorLink } from '../../components/link.tsx';
import { usePeople } from '../../components/use-people.ts';

/** What waits for an approver's word, above everything else of the page. */
export function WaitingRequests({ project }: { project: string }) {
  const { t } = useTranslation('releases');
  const { me } = usePeople();
  const { data } = useApi('GET /api/projects/:project/release-requests', { params: { project } });
  const waiting = (data?.requests ?? []).filter(({ state }) => state === 'open');
  if (waiting.length === 0) return null;
  return (
    <Alert icon={<Hourglass size={18} aria-hidden />} title={t('waiting.title', { count: waiting.length })}>
      <ul style={{ margin: 0, paddingInlineStart: '1.2em' }}>
        {waiting.map(({ id, prompt, version, requestedBy, author }) => (
          <li key={id}>
            <AnchorLink
              from="/projects/$project/releases"
              to="."
              search={(before) => ({ ...before, request: id })}
              resetScroll={false}
              inherit
              underline="always"
            >
              {t('requests.details', { id, prompt, version })}
            </AnchorLink>
            {requestedBy !== '' && ` · ${t('waiting.by', { name: requestedBy })}`}
            {me !== null && (requestedBy === me.name || author === me.name) && ` · ${t('waiting.own')}`}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
