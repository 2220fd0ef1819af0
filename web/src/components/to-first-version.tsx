import { ListStart } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { StartSearch } from '../app/routes/start.ts';
import { ButtonLink } from './link.tsx';

/** Leads to what comes of the scope: the size of the set, the first cases, a first prompt, a forecast. */
export function ToFirstVersion({ project, step }: { project: string } & Pick<StartSearch, 'step'>) {
  const { t } = useTranslation('start');
  return (
    <ButtonLink
      variant="default"
      to="/projects/$project/start"
      params={{ project }}
      search={{ step }}
      leftSection={<ListStart size={16} aria-hidden />}
    >
      {t(step === undefined ? 'open' : `openAt.${step}`)}
    </ButtonLink>
  );
}
