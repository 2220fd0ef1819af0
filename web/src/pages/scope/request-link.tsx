import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import type { ScopeRequest } from './scope-draft.ts';

/** Leads to a request for a release, and to what it became. */
export function RequestLink({ project, request }: { project: string; request: ScopeRequest }) {
  const { t } = useTranslation('scope');
  const { id, prompt, version, state, release } = request;
  return (
    <span>
      <AnchorLink to="/projects/$project/releases" params={{ project }} search={{ request: id }} size="sm">
        {t('request.named', { id, version: t('releases:versionOf', { prompt, version }) })}
      </AnchorLink>{' '}
      {release === null ? (
        <span className="dim">{t(`releases:requests.${state}`)}</span>
      ) : (
        <AnchorLink to="/projects/$project/releases" params={{ project }} search={{ release: release.id }} size="sm">
          {t('releases:release', { number: release.number })}
        </AnchorLink>
      )}
    </span>
  );
}
