import { Switch, Textarea } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';
import { ExampleFields } from './example-fields.tsx';
import classes from './scope.module.css';
import { ScopeComments } from './scope-comments.tsx';
import { contentOf, differingFields, emptyScope, isFilled, type ScopeDraft, type ScopeHistory } from './scope-draft.ts';
import { ScopeMeanwhile, ScopeRestored } from './scope-notices.tsx';
import { ScopeOutline } from './scope-outline.tsx';
import { ScopeSave } from './scope-save.tsx';
import { helpId, ScopeSection, titleId } from './scope-section.tsx';
import { SuccessFields } from './success-fields.tsx';
import { useScopeDraft } from './use-scope-draft.ts';

type Props = { project: string; history: ScopeHistory };

/** The scope, asked for piece by piece, with what is not saved yet and what people say of it. */
export function ScopeForm({ project, history: { versions, openRequests } }: Props) {
  const newest = versions[0];
  const writing = useScopeDraft(project, newest ?? { number: 0, scope: emptyScope });
  const { base, draft, setDraft, changed, kept, restored, goOnFrom } = writing;
  const { scope, problem } = contentOf(draft);
  const { save, saved, asked, pending, error } = useSaving(project, writing);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save();
  };
  return (
    <div className={classes.columns}>
      <div className={classes.beside}>
        <ScopeOutline project={project} scope={scope} />
      </div>
      <form className={classes.form} onSubmit={submit}>
        {restored !== null && changed && (
          <ScopeRestored at={restored.at} onDiscard={() => goOnFrom(newest ?? base, 'dropped')} />
        )}
        {newest !== undefined && writing.behind && !pending && (
          <ScopeMeanwhile newest={newest} base={base} mine={scope} onGoOn={(what) => goOnFrom(newest, what)} />
        )}
        <Questions
          project={project}
          draft={draft}
          problem={asked ? problem : null}
          set={(part) => setDraft((before) => ({ ...before, ...part }))}
        />
        <ScopeSave
          project={project}
          changed={differingFields(base.scope, scope)}
          unsaved={changed}
          behind={writing.behind}
          kept={kept}
          saved={saved}
          openRequests={openRequests}
          pending={pending}
          error={error?.code === 'scope_changed_meanwhile' ? null : error}
        />
      </form>
      <div className={classes.talk}>
        <ScopeComments project={project} saved={newest !== undefined} />
      </div>
      <UnsavedGuard when={changed && !kept} />
    </div>
  );
}

/** Saves from the version that was begun with: where another was saved meanwhile, that is read and shown. */
function useSaving(project: string, { base, draft, changed, behind, goOnFrom }: ReturnType<typeof useScopeDraft>) {
  const [author] = useAuthor();
  const [saved, setSaved] = useState<number | null>(null);
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const mutation = useApiMutation('PUT /api/projects/:project/scope');
  const save = () => {
    const { scope, problem } = contentOf(draft);
    setAsked(true);
    if (!changed || behind || problem !== null || mutation.isPending) return;
    mutation.mutate(
      { params: { project }, body: { scope, base: base.number, author } },
      {
        onSuccess: ({ scope: stored, scopeVersion: number }) => {
          setSaved(number);
          setAsked(false);
          if (stored !== null) goOnFrom({ number, scope: stored }, 'kept');
        },
        onError: ({ code }) => {
          if (code !== 'scope_changed_meanwhile') return;
          client.invalidateQueries();
          window.scrollTo({ top: 0 });
        },
      },
    );
  };
  useHotkeys([['mod+S', save]], [], true);
  return { save, saved, asked, pending: mutation.isPending, error: mutation.error };
}

type QuestionsProps = {
  project: string;
  draft: ScopeDraft;
  problem: ReturnType<typeof contentOf>['problem'];
  set: (part: Partial<ScopeDraft>) => void;
};

function Questions({ project, draft, problem, set }: QuestionsProps) {
  const { t } = useTranslation('scope');
  const { scope } = contentOf(draft);
  const text = (field: 'problem' | 'users' | 'inputs' | 'outputs' | 'mustNever' | 'privacy') => (
    <Textarea
      aria-labelledby={titleId(field)}
      aria-describedby={helpId(field)}
      autosize
      minRows={2}
      maxRows={14}
      maxLength={5000}
      value={draft[field]}
      onChange={(event) => set({ [field]: event.currentTarget.value })}
    />
  );
  return (
    <>
      {(['problem', 'users', 'inputs', 'outputs'] as const).map((field) => (
        <ScopeSection key={field} section={field} filled={isFilled(field, scope)}>
          {text(field)}
        </ScopeSection>
      ))}
      <ScopeSection section="examples" filled={isFilled('examples', scope)}>
        <ExampleFields examples={draft.examples} onChange={(examples) => set({ examples })} />
      </ScopeSection>
      <ScopeSection section="mustNever" filled={isFilled('mustNever', scope)}>
        {text('mustNever')}
      </ScopeSection>
      <ScopeSection section="privacy" filled={isFilled('privacy', scope)}>
        {text('privacy')}
        <Switch
          checked={draft.dataMayLeave}
          onChange={(event) => set({ dataMayLeave: event.currentTarget.checked })}
          label={t('field.dataMayLeave')}
          description={t(draft.dataMayLeave ? 'help.mayLeave' : 'help.stays')}
        />
      </ScopeSection>
      <ScopeSection section="success" filled={isFilled('success', scope)}>
        <SuccessFields project={project} draft={draft} problem={problem} set={set} />
      </ScopeSection>
    </>
  );
}
