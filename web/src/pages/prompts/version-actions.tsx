import { Button, Menu } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { BadgeCheck, ChevronDown, GitCompare, Pencil, Play, RotateCcw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { useErrorText } from '../../components/error-text.ts';
import { ExportDialog } from '../../components/export/export-dialog.tsx';
import { useHotkey } from '../../components/hotkey.ts';
import { ButtonLink } from '../../components/link.tsx';
import type { PromptVersion } from './prompt-version.ts';

type Props = { project: string; prompt: string; version: PromptVersion; versions: readonly PromptVersion[] };

/** What can be done with a version. */
export function VersionActions({ project, prompt, version, versions }: Props) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate();
  const params = { project, prompt };
  const { number } = version;
  useHotkey('e', t('action.edit'), () =>
    navigate({ to: '/projects/$project/prompts/$prompt/edit', params, search: { from: number } }),
  );
  return (
    <>
      <ButtonLink
        to="/projects/$project/prompts/$prompt/edit"
        params={params}
        search={{ from: number }}
        leftSection={<Pencil size={16} aria-hidden />}
      >
        {t('action.edit')}
      </ButtonLink>
      <ButtonLink
        to="/projects/$project/runs/new"
        params={{ project }}
        search={{ prompt, version: number }}
        variant="default"
        leftSection={<Play size={16} aria-hidden />}
      >
        {t('action.run')}
      </ButtonLink>
      <RestoreButton {...params} version={version} versions={versions} />
      <DiffMenu project={project} prompt={prompt} version={version} versions={versions} />
      <ButtonLink
        to="/projects/$project/releases"
        params={{ project }}
        search={{ prompt, version: number, model: version.latestRun?.model }}
        variant="default"
        leftSection={<BadgeCheck size={16} aria-hidden />}
      >
        {t('action.approve')}
      </ButtonLink>
      <ExportDialog project={project} prompt={prompt} version={number} />
    </>
  );
}

/** Makes an older version the newest again, under a new number; those between stay in the history. */
function RestoreButton({ project, prompt, version: { number, content }, versions }: Props) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate();
  const [author] = useAuthor();
  const errorText = useErrorText();
  const mutation = useApiMutation('POST /api/projects/:project/prompts/:prompt/versions');
  const newest = versions.at(-1)?.number ?? number;
  if (number === newest) return null;
  const params = { project, prompt };
  const restore = () =>
    mutation.mutate(
      {
        params,
        body: { content, note: t('action.restoredNote', { number }), author, parent: number, again: true, newest },
      },
      {
        onSuccess: ({ version }) =>
          navigate({ to: '/projects/$project/prompts/$prompt', params, search: { version: version.number } }),
        onError: (error) => notifications.show({ color: 'red', message: errorText(error) }),
      },
    );
  return (
    <Button
      variant="default"
      leftSection={<RotateCcw size={16} aria-hidden />}
      loading={mutation.isPending}
      onClick={restore}
    >
      {t('action.restore', { next: newest + 1 })}
    </Button>
  );
}

/** Differences to the version it was made from, or to any other. */
function DiffMenu({ project, prompt, version, versions }: Props) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate();
  const others = versions.filter(({ number }) => number !== version.number).toReversed();
  const open = (from: number) =>
    navigate({
      to: '/projects/$project/prompts/$prompt/diff',
      params: { project, prompt },
      search: { from, to: version.number },
    });
  const first = version.parent ?? others[0]?.number;
  useHotkey('d', t('action.diff'), () => first !== undefined && open(first));
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          disabled={others.length === 0}
          leftSection={<GitCompare size={16} aria-hidden />}
          rightSection={<ChevronDown size={14} aria-hidden />}
        >
          {t('action.diff')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {others.map(({ number, note }) => (
          <Menu.Item key={number} onClick={() => open(number)}>
            {t('version', { number })} {number === version.parent && t('action.parent')}{' '}
            <span className="dim">{note.slice(0, 60)}</span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
