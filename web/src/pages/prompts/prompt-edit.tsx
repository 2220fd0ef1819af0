import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FilePen } from 'lucide-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import { PromptEditor } from './prompt-editor.tsx';
import type { PromptDetail } from './prompt-version.ts';

const here = '/projects/$project/prompts/$prompt/edit';

/** Writes the next version of a prompt, from one that there is or from nothing. */
export function PromptEdit() {
  const { t } = useTranslation('prompts');
  const params = useParams({ from: here });
  const query = useApi('GET /api/projects/:project/prompts/:prompt', { params });
  const name = query.data?.name ?? params.prompt;
  return (
    <>
      <PageHeader
        title={t('edit.title', { prompt: name })}
        subtitle={
          <AnchorLink to="/projects/$project/prompts/$prompt" params={params} size="sm">
            {t('edit.back', { prompt: name })}
          </AnchorLink>
        }
      />
      <QueryState query={query} height={480}>
        {(prompt) => <Opened project={params.project} prompt={prompt} />}
      </QueryState>
    </>
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
      failures={failures}
      category={category}
      onSaved={follow}
    />
  );
}
