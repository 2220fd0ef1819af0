import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FilePen } from 'lucide-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import { PromptPage } from './prompt-page.tsx';
import type { PromptDetail } from './prompt-version.ts';

const here = '/projects/$project/prompts/$prompt/edit';

/** How often it is looked whether someone else saved a version. */
const LOOK_MS = 15_000;

/** Writes the next version of a prompt, from one that there is or from nothing. */
export function PromptEdit() {
  const { t } = useTranslation('prompts');
  const params = useParams({ from: here });
  return (
    <PromptPage params={params} refetchInterval={LOOK_MS} title={(prompt) => t('edit.title', { prompt })}>
      {(prompt) => <Opened project={params.project} prompt={prompt} />}
    </PromptPage>
  );
}

/**
 * Keeps one editor, with its undo history, from the version that it was opened on through those that it saves: the address follows, the editor
 * begins anew only when the address asks for another version.
 */
function Opened({ project, prompt }: { project: string; prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const { from, failures, category } = useSearch({ from: here });
  const navigate = useNavigate({ from: here });
  const [session, setSession] = useState({ opened: from, versions: [from] });
  if (!session.versions.includes(from)) setSession({ opened: from, versions: [from] });

  const asked = from ?? prompt.versions.at(-1)?.number;
  const start = prompt.versions.find(({ number }) => number === asked) ?? null;
  // A version that was saved here may come a moment later than its address.
  if (start === null && asked !== undefined && asked === session.opened) {
    return (
      <EmptyState icon={FilePen} title={t('history.noSuchVersion', { number: asked })}>
        {t('history.noSuchVersionText', { count: prompt.versionCount })}
      </EmptyState>
    );
  }
  const follow = (number: number) => {
    // The router's update is drawn at once and must find the new version known.
    flushSync(() => setSession(({ opened, versions }) => ({ opened, versions: [...versions, number] })));
    navigate({
      search: (search) => ({ ...search, from: number }),
      replace: true,
      ignoreBlocker: true,
      resetScroll: false,
    });
  };
  return (
    <PromptEditor
      key={session.opened ?? 'newest'}
      project={project}
      prompt={prompt.slug}
      start={start}
      newest={prompt.versions.at(-1) ?? null}
      failures={failures}
      category={category}
      onBase={follow}
    />
  );
}
