import { Divider, NavLink, ScrollArea } from '@mantine/core';
import { createLink, useNavigate } from '@tanstack/react-router';
import { Braces, Calculator, Cpu, Settings } from 'lucide-react';
import type { ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { FiringBadge } from '../components/firing-badge.tsx';
import { useHotkey } from '../components/hotkey.ts';
import classes from './navigation.module.css';
import { modelsKey, projectPages } from './pages.ts';

type Props = Omit<ComponentProps<typeof NavLink<'a'>>, 'href'>;
const NavigationLink = createLink((props: Props) => <NavLink component="a" className={classes.link} {...props} />);

/** The links at the left: the project's pages, below them what belongs to no project. */
export function Navigation({ project }: { project: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useHotkey(`g ${modelsKey}`, t('pages.models'), () => navigate({ to: '/models' }));
  const active = { 'data-active': true, 'aria-current': 'page' } as const;
  return (
    <ScrollArea component="nav" aria-label={t('navigation')} type="auto" className={classes.root}>
      {project !== null && (
        <>
          {projectPages.map(({ name, to, icon: Icon }) => (
            <NavigationLink
              key={name}
              to={to}
              params={{ project }}
              activeOptions={{ exact: name === 'overview' }}
              activeProps={active}
              label={t(`pages.${name}`)}
              leftSection={<Icon size={16} aria-hidden />}
              rightSection={name === 'monitor' && <FiringBadge project={project} />}
            />
          ))}
          {projectPages.map((page) => (
            <PageKey key={page.name} page={page} project={project} />
          ))}
          <Divider my="xs" />
        </>
      )}
      {project === null && (
        <NavigationLink
          to="/costs"
          activeProps={active}
          label={t('pages.costs')}
          leftSection={<Calculator size={16} aria-hidden />}
        />
      )}
      <NavigationLink
        to="/models"
        activeProps={active}
        label={t('pages.models')}
        leftSection={<Cpu size={16} aria-hidden />}
      />
      <NavigationLink
        to="/settings"
        activeProps={active}
        label={t('pages.settings')}
        leftSection={<Settings size={16} aria-hidden />}
      />
      <NavigationLink
        to="/api-reference"
        activeProps={active}
        label={t('pages.apiReference')}
        leftSection={<Braces size={16} aria-hidden />}
      />
    </ScrollArea>
  );
}

function PageKey({ page, project }: { page: (typeof projectPages)[number]; project: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useHotkey(`g ${page.key}`, t(`pages.${page.name}`), () => navigate({ to: page.to, params: { project } }));
  return null;
}
