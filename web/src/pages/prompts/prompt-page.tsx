import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AnchorLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { QueryState } from '../../components/query-state.tsx';
import type { PromptDetail } from './prompt-version.ts';

type Props = {
  params: { project: string; prompt: string };
  title: (name: string) => string;
  /** How often the prompt is read again, in milliseconds. */
  refetchInterval?: number;
  children: (prompt: PromptDetail) => ReactNode;
};

/** A page of work on one prompt, with the way back to its history. */
export function PromptPage({ params, title, refetchInterval, children }: Props) {
  const { t } = useTranslation('prompts');
  const query = useApi('GET /api/projects/:project/prompts/:prompt', { params }, { refetchInterval });
  const name = query.data?.name ?? params.prompt;
  return (
    <>
      <PageHeader
        title={title(name)}
        subtitle={
          <AnchorLink to="/projects/$project/prompts/$prompt" params={params} size="sm">
            {t('edit.back', { prompt: name })}
          </AnchorLink>
        }
      />
      <QueryState query={query} height={480}>
        {children}
      </QueryState>
    </>
  );
}
