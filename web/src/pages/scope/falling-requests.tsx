import { Alert, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { RequestLink } from './request-link.tsx';
import classes from './scope.module.css';
import type { ScopeRequest } from './scope-draft.ts';

/** Says before a scope is saved which open requests for a release hold under the present one only. */
export function FallingRequests({ project, requests }: { project: string; requests: readonly ScopeRequest[] }) {
  const { t } = useTranslation('scope');
  if (requests.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<TriangleAlert size={18} />}
      title={t('falling.title', { count: requests.length })}
    >
      <Text size="sm">{t('falling.text')}</Text>
      <ul className={classes.links}>
        {requests.map((request) => (
          <li key={request.id}>
            <RequestLink project={project} request={request} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}
