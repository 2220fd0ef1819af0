import { AppShell } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../components/hotkey.ts';
import { useCurrentProject } from './current-project.ts';
import { Header } from './header.tsx';
import { Help } from './help.tsx';
import { Navigation } from './navigation.tsx';
import { Search } from './search.tsx';
import { ServerGone } from './server-gone.tsx';
import classes from './shell.module.css';

/** What stays while pages come and go. */
export function Shell() {
  const { t } = useTranslation();
  const project = useCurrentProject();
  const [menuOpen, menu] = useDisclosure();
  const [helpOpen, help] = useDisclosure();
  const path = useRouterState({ select: (state) => state.location.pathname });
  useHotkey('?', t('help.title'), help.open);
  // On a small screen the menu lies over the page: who has chosen a page wants to see it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the path is what it waits for
  useEffect(menu.close, [path]);

  return (
    <AppShell
      header={{ height: 48 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !menuOpen } }}
      padding={{ base: 'sm', sm: 'lg' }}
      transitionDuration={0}
    >
      <a href="#main" className={classes.skip}>
        {t('skip')}
      </a>
      <AppShell.Header className={classes.bar}>
        <Header project={project} menuOpen={menuOpen} toggleMenu={menu.toggle} openHelp={help.open} />
      </AppShell.Header>
      <AppShell.Navbar className={`${classes.bar} ${classes.menu}`} data-open={menuOpen}>
        <Navigation project={project} />
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <div className={classes.page}>
          <ServerGone />
          <Outlet />
        </div>
      </AppShell.Main>
      <Search project={project} />
      <Help opened={helpOpen} close={help.close} />
    </AppShell>
  );
}
