import { Button, Menu } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { ChevronsUpDown, FolderKanban } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/query.ts';
import classes from './project-switcher.module.css';

/** Shows the project in hand and goes to another one. */
export function ProjectSwitcher({ project }: { project: string | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const projects = useApi('GET /api/projects').data?.projects ?? [];
  const current = projects.find(({ slug }) => slug === project);
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-md"
          className={classes.button}
          rightSection={<ChevronsUpDown size={14} aria-hidden />}
          aria-label={t('projectSwitcher', { project: current?.name ?? t('noProject') })}
        >
          {current?.name ?? t('noProject')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} className={classes.list}>
        {projects.map(({ slug, name }) => (
          <Menu.Item
            key={slug}
            fw={slug === project ? 600 : undefined}
            aria-current={slug === project}
            onClick={() => navigate({ to: '/projects/$project', params: { project: slug } })}
          >
            {name}
          </Menu.Item>
        ))}
        {projects.length > 0 && <Menu.Divider />}
        <Menu.Item leftSection={<FolderKanban size={14} aria-hidden />} onClick={() => navigate({ to: '/' })}>
          {t('allProjects')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
