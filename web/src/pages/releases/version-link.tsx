import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';

type VersionProps = { project: string; prompt: string; version: number };

/** A prompt version by its name. */
export function VersionLink({ project, prompt, version }: VersionProps) {
  const { t } = useTranslation('releases');
  return (
    <AnchorLink
      to="/projects/$project/prompts/$prompt"
      params={{ project, prompt }}
      search={{ version }}
      inherit
      className="nowrap"
    >
      {t('versionOf', { prompt, version })}
    </AnchorLink>
  );
}

/** Opens a release's details beside the page. */
export function ReleaseLink({ id, number }: { id: number; number: number }) {
  const { t } = useTranslation('releases');
  return (
    <AnchorLink
      from="/projects/$project/releases"
      to="."
      search={(before) => ({ ...before, release: id })}
      resetScroll={false}
      inherit
      className="nowrap"
    >
      {t('release', { number })}
    </AnchorLink>
  );
}
