import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight';
import { useNavigate } from '@tanstack/react-router';
import { Braces, Calculator, Cpu, FolderKanban, Search as SearchIcon, Settings } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import { KeyboardHint } from '../components/keyboard-hint.tsx';
import { modelsKey, monitorPages, projectPages } from './pages.ts';

/** The quick way to any page, by Ctrl or ⌘ and K. */
export function Search({ project }: { project: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const projects = useApi('GET /api/projects').data?.projects ?? [];

  const pages = projectPages.map(({ name, to, key, icon: Icon }) => ({
    id: name,
    label: t(`pages.${name}`),
    leftSection: <Icon size={16} />,
    rightSection: <KeyboardHint keys={`g ${key}`} />,
    onClick: () => (project === null ? undefined : navigate({ to, params: { project } })),
  }));
  const titles = { traces: t('traces:title'), redaction: t('redaction:title'), alerts: t('alerts:title') };
  const ofMonitor = monitorPages.map(({ name, to, icon: Icon }) => ({
    id: name,
    label: titles[name],
    leftSection: <Icon size={16} />,
    onClick: () => (project === null ? undefined : navigate({ to, params: { project } })),
  }));
  const actions: SpotlightActionGroupData[] = [
    { group: t('search.pages'), actions: project === null ? [] : [...pages, ...ofMonitor] },
    {
      group: t('search.projects'),
      actions: projects.map(({ slug, name }) => ({
        id: `project:${slug}`,
        label: name,
        leftSection: <FolderKanban size={16} />,
        onClick: () => navigate({ to: '/projects/$project', params: { project: slug } }),
      })),
    },
    {
      group: 'Whetstone',
      actions: [
        ...(project === null
          ? [
              {
                id: 'costs',
                label: t('pages.costs'),
                leftSection: <Calculator size={16} />,
                onClick: () => navigate({ to: '/costs' }),
              },
            ]
          : []),
        {
          id: 'models',
          label: t('pages.models'),
          leftSection: <Cpu size={16} />,
          rightSection: <KeyboardHint keys={`g ${modelsKey}`} />,
          onClick: () => navigate({ to: '/models' }),
        },
        {
          id: 'settings',
          label: t('pages.settings'),
          leftSection: <Settings size={16} />,
          onClick: () => navigate({ to: '/settings' }),
        },
        {
          id: 'api',
          label: t('pages.apiReference'),
          leftSection: <Braces size={16} />,
          onClick: () => navigate({ to: '/api-reference' }),
        },
      ],
    },
  ];
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      nothingFound={t('search.nothing')}
      highlightQuery
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      searchProps={{
        leftSection: <SearchIcon size={16} />,
        placeholder: t('search.placeholder'),
        'aria-label': t('search.placeholder'),
      }}
    />
  );
}
