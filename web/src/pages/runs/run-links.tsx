import { useTranslation } from 'react-i18next';
import { AnchorLink } from '../../components/link.tsx';
import type { Run } from '../../components/use-runs.ts';

/** The way to a run by its number. */
export function RunLink({ run: { id, project } }: { run: Pick<Run, 'id' | 'project'> }) {
  const { t } = useTranslation('runs');
  return (
    <AnchorLink
      to="/projects/$project/runs/$run"
      params={{ project, run: String(id) }}
      inherit
      title={t('runNumber', { run: id })}
    >
      #{id}
    </AnchorLink>
  );
}

/** The way to the prompt version that was run, as `prompt@2`. */
export function VersionLink({
  run: { project, prompt, version },
}: {
  run: Pick<Run, 'project' | 'prompt' | 'version'>;
}) {
  return (
    <AnchorLink to="/projects/$project/prompts/$prompt" params={{ project, prompt }} search={{ version }} inherit>
      {prompt}@{version}
    </AnchorLink>
  );
}

/** The way to the set version it ran on. */
export function SetLink({ run: { project, set, setVersion } }: { run: Run }) {
  return (
    <AnchorLink to="/projects/$project/sets/$set" params={{ project, set }} search={{ version: setVersion }} inherit>
      {set}@{setVersion}
    </AnchorLink>
  );
}
