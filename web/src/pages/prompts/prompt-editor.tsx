import { Paper, Stack, Text, Title } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { UnsavedGuard } from '../../components/unsaved-guard.tsx';
import { AttemptPanel } from './attempt-panel.tsx';
import { ChecksPanel } from './checks-panel.tsx';
import { contentOf, type Draft } from './draft.ts';
import { DraftOffers, DraftRestored, MeanwhileNotice } from './draft-notices.tsx';
import { FailingCases } from './failing-cases.tsx';
import { FormatFields } from './format-fields.tsx';
import { MessageEditor } from './message-editor.tsx';
import { ParameterFields } from './parameter-fields.tsx';
import { PreviewPanel } from './preview-panel.tsx';
import classes from './prompt-editor.module.css';
import type { PromptVersion } from './prompt-version.ts';
import { type Saved, SavedNotice, SavePanel } from './save-panel.tsx';
import { caseSubject, variablesOf } from './subject.ts';
import { SubjectPicker } from './subject-picker.tsx';
import { ToolsField } from './tools-field.tsx';
import { useChecks } from './use-checks.ts';
import { useDraft } from './use-draft.ts';
import { useFailures } from './use-failures.ts';
import { useOfferedVariables } from './use-offered-variables.ts';
import { usePreview } from './use-preview.ts';
import { usePreviewModel } from './use-preview-model.ts';
import { useSetLabels } from './use-set-labels.ts';
import { useSubject } from './use-subject.ts';
import { VariableList } from './variable-list.tsx';

type Props = {
  project: string;
  prompt: string;
  /** The version it begins with; null for the first one. */
  start: PromptVersion | null;
  /** The newest one there is, whoever saved it. */
  newest: PromptVersion | null;
  failures: number | undefined;
  category: string | undefined;
  /** The draft goes on from this version. */
  onBase: (version: number) => void;
};

const nothing: readonly never[] = [];

/** The editor of a prompt: what is written at the left, what it does to a case at the right. */
export function PromptEditor({ project, prompt, start, newest, failures, category, onBase }: Props) {
  const writing = useDraft({ project, prompt }, start, newest?.number ?? 0);
  const { draft, setDraft, base, restored, changed } = writing;
  const { content, problem } = useMemo(() => contentOf(draft), [draft]);
  const saving = useSaving({ project, prompt, writing, onBase });
  const goOn = (version: PromptVersion, kept: 'kept' | 'dropped') => {
    writing.goOnFrom(version, kept);
    onBase(version.number);
  };
  const failed = useFailures(failures, category);
  const chooser = useSubject(project, { run: failures, ...failed });
  const { subject } = chooser;
  const [used, setUsed] = useState<readonly string[]>([]);
  const variables = useMemo(() => variablesOf(subject, used), [subject, used]);
  const [model, setModel] = usePreviewModel(project, start?.latestRun?.model ?? null);
  const given = useMemo(
    () => (subject.kind === 'case' && subject.key === '' ? null : Object.keys(variables)),
    [subject, variables],
  );
  const preview = usePreview(project, { content, variables, model }, given !== null);
  const problems = preview.answer?.problems ?? nothing;
  const checks = useChecks(project, content, chooser.set);
  const offered = useOfferedVariables(project, chooser.set, variables);
  const setLabels = useSetLabels(project, chooser.set);
  const found = preview.answer?.variables;
  if (found !== undefined && found !== used) setUsed(found);

  return (
    <>
      <UnsavedGuard when={changed && !writing.kept} />
      <DraftOffers key={base.number} project={project} prompt={prompt} except={base.number} />
      {restored !== null && <DraftRestored at={restored.at} base={base.number} onDiscard={writing.discard} />}
      {newest !== null && newest.number > writing.known && (
        <MeanwhileNotice
          newest={newest}
          content={content}
          changed={changed}
          onKeep={() => goOn(newest, 'kept')}
          onTake={() => goOn(newest, 'dropped')}
        />
      )}
      {saving.saved !== null && <SavedNotice project={project} prompt={prompt} saved={saving.saved} />}
      <div className={classes.columns}>
        <Stack gap="md">
          <Fields
            draft={draft}
            onChange={setDraft}
            known={given}
            offered={offered}
            setLabels={setLabels}
            used={found}
            problems={problems}
            checks={checks.data?.checks ?? nothing}
          />
          <SavePanel {...saving.panel} problem={saving.asked ? problem : null} />
        </Stack>
        <Stack gap="md" className={classes.beside}>
          {failures !== undefined && (
            <FailingCases
              project={project}
              run={failures}
              category={category}
              query={failed}
              chosen={subject.kind === 'case' ? subject.key : null}
              onChoose={(failure) => chooser.choose(caseSubject({ ...failure, key: failure.caseKey }))}
            />
          )}
          <ChecksPanel
            draft={draft}
            onFix={setDraft}
            query={checks}
            unreadable={problems.some(({ message, code }) => message !== null && code !== 'variable_missing')}
          />
          <PreviewPanel
            project={project}
            preview={preview}
            model={model}
            onModel={setModel}
            picker={
              <SubjectPicker
                project={project}
                sets={chooser.sets}
                set={chooser.set}
                onSet={chooser.chooseSet}
                takesFirst={chooser.takesFirstCase}
                subject={subject}
                onChange={chooser.choose}
                variables={used}
              />
            }
            attempt={<AttemptPanel project={project} content={content} variables={variables} model={model} />}
          />
        </Stack>
      </div>
    </>
  );
}

type FieldsProps = {
  draft: Draft;
  onChange: (update: (draft: Draft) => Draft) => void;
  known: readonly string[] | null;
  used: readonly string[] | undefined;
  setLabels: readonly string[];
} & Pick<React.ComponentProps<typeof MessageEditor>, 'offered' | 'problems' | 'checks'>;

function Fields({ draft, onChange, known, offered, used, setLabels, problems, checks }: FieldsProps) {
  const { t } = useTranslation('prompts');
  const { messages, format, parameters, tools = '' } = draft;
  const changeMessages = useCallback<React.ComponentProps<typeof MessageEditor>['onChange']>(
    (update) => onChange((before) => ({ ...before, messages: update(before.messages) })),
    [onChange],
  );
  const changeFormat = useCallback(
    (next: Draft['format']) => onChange((before) => ({ ...before, format: next })),
    [onChange],
  );
  const changeParameters = useCallback(
    (next: Draft['parameters']) => onChange((before) => ({ ...before, parameters: next })),
    [onChange],
  );
  const changeTools = useCallback((next: string) => onChange((before) => ({ ...before, tools: next })), [onChange]);
  return (
    <>
      <Paper component="section" aria-labelledby="messages">
        <Title order={2} id="messages">
          {t('content.messages')}
        </Title>
        <Text size="xs" c="dimmed" mb="xs">
          {t('edit.templates', { example: '{{name}}' })} {t('edit.beginning')}
        </Text>
        <Stack gap="sm">
          <MessageEditor
            messages={messages}
            onChange={changeMessages}
            known={known}
            offered={offered}
            problems={problems}
            checks={checks}
          />
          <VariableList used={used} given={known} />
        </Stack>
      </Paper>
      <Paper component="section" aria-labelledby="format">
        <Title order={2} id="format" mb="xs">
          {t('content.format')}
        </Title>
        <FormatFields format={format} setLabels={setLabels} onChange={changeFormat} />
      </Paper>
      <Paper component="section" aria-labelledby="parameters">
        <Title order={2} id="parameters" mb="xs">
          {t('content.parameters')}
        </Title>
        <ParameterFields parameters={parameters} onChange={changeParameters} />
        <ToolsField tools={tools} onChange={changeTools} />
      </Paper>
    </>
  );
}

type Saving = Pick<Props, 'project' | 'prompt' | 'onBase'> & { writing: ReturnType<typeof useDraft> };

function useSaving({ project, prompt, writing, onBase }: Saving) {
  const { base, draft, note, changed, known } = writing;
  const [author] = useAuthor();
  const [saved, setSaved] = useState<Saved | null>(null);
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const mutation = useApiMutation('POST /api/projects/:project/prompts/:prompt/versions');
  const { content, problem } = contentOf(draft);

  const save = () => {
    setAsked(true);
    if (problem !== null || mutation.isPending) return;
    mutation.mutate(
      { params: { project, prompt }, body: { content, note, author, parent: base.number, newest: known } },
      {
        onSuccess: ({ version: { number }, created }) => {
          setSaved({ number, created, from: base.number });
          writing.goOnFrom({ number, content }, 'kept');
          writing.setNote('');
          setAsked(false);
          onBase(number);
          window.scrollTo({ top: 0 });
        },
        // The version that was saved meanwhile is shown.
        onError: ({ code }) => code === 'prompt_changed_meanwhile' && client.invalidateQueries(),
      },
    );
  };
  useHotkeys([['mod+S', save]], [], true);
  return {
    saved,
    asked,
    panel: {
      note,
      onNote: writing.setNote,
      onSave: save,
      isFirst: base.number === null,
      pending: mutation.isPending,
      changed,
      kept: writing.kept,
      error: mutation.error,
    },
  };
}
