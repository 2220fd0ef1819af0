import { ActionIcon, Burger, Group, Tooltip, UnstyledButton } from '@mantine/core';
import { spotlight } from '@mantine/spotlight';
import { Link } from '@tanstack/react-router';
import { CircleQuestionMark, Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { KeyboardHint } from '../components/keyboard-hint.tsx';
import { ColorSchemeMenu } from './color-scheme-menu.tsx';
import classes from './header.module.css';
import { LanguageMenu } from './language-menu.tsx';
import { PersonMenu } from './person-menu.tsx';
import { ProjectSwitcher } from './project-switcher.tsx';

type Props = { project: string | null; menuOpen: boolean; toggleMenu: () => void; openHelp: () => void };

/** The bar at the top: where one is, search, and what belongs to the person rather than to the project. */
export function Header({ project, menuOpen, toggleMenu, openHelp }: Props) {
  const { t } = useTranslation();
  return (
    <Group h="100%" px="sm" gap={6} wrap="nowrap">
      <Burger
        hiddenFrom="sm"
        size="sm"
        opened={menuOpen}
        onClick={toggleMenu}
        aria-label={t('menu')}
        aria-expanded={menuOpen}
      />
      <Link to="/" className={classes.brand} aria-label={t('home')}>
        <img src="/icon.svg" alt="" width={22} height={22} />
        <span className={classes.name}>Whetstone</span>
      </Link>
      <ProjectSwitcher project={project} />
      <div className={classes.space} />
      <UnstyledButton className={classes.search} onClick={spotlight.open} visibleFrom="sm">
        <Group gap={8} wrap="nowrap">
          <Search size={15} aria-hidden />
          <span>{t('search.open')}</span>
          <KeyboardHint keys="mod+K" />
        </Group>
      </UnstyledButton>
      <ActionIcon hiddenFrom="sm" variant="subtle" color="gray" aria-label={t('search.open')} onClick={spotlight.open}>
        <Search size={18} />
      </ActionIcon>
      <PersonMenu />
      <LanguageMenu />
      <ColorSchemeMenu />
      <Tooltip label={t('help.title')}>
        <ActionIcon variant="subtle" color="gray" aria-label={t('help.title')} onClick={openHelp}>
          <CircleQuestionMark size={18} />
        </ActionIcon>
      </Tooltip>
    </Group>
  );
}
