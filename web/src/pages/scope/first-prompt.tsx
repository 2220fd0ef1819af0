import { Button, Group, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { CircleCheck, FilePen } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { request } from '../../api/client.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import { draftOf } from '../prompts/draft.ts';
import { draftsOf, keepDraft } from '../prompts/stored-draft.ts';
import { VersionContent } from '../prompts/version-content.tsx';
import { type FirstPromptProposal, useProposal } from './first-basis.ts';
import { BasisFields, SetChoice } from './first-set-choice.tsx';

/** A first prompt as the scope has it, to be opened in the editor: it is saved there and nowhere else. */
export function FirstPrompt({ project }: { project: string }) {
  const { t } = useTranslation('start');
  const query = useProposal(project);
  return (
    <QueryState query={query}>
      {(proposal) => (
        <Stack gap="md">
          <Text size="sm" maw={820}>
            {t('prompt.how')}
          </Text>
          <SetChoice project={project}>
            <BasisFields proposal={proposal} />
          </SetChoice>
          <Open project={project} proposal={proposal} />
          <Paper component="section" aria-labelledby="proposal">
            <Title order={2} id="proposal" mb="xs">
              {t('prompt.title')}
            </Title>
            <Remarks proposal={proposal} />
            <VersionContent content={proposal.content} />
          </Paper>
        </Stack>
      )}
    </QueryState>
  );
}

function Remarks({ proposal: { checks, leftOut } }: { proposal: FirstPromptProposal }) {
  const { t } = useTranslation('start');
  return (
    <Stack gap={4} mb="sm">
      {checks.length === 0 ? (
        <Text size="sm">
          <CircleCheck size={16} color="var(--w-pass)" style={{ verticalAlign: '-3px' }} aria-hidden />{' '}
          {t('prompt.checked')}
        </Text>
      ) : (
        <Text size="sm">{t('prompt.checks', { count: checks.length })}</Text>
      )}
      {leftOut.map(({ example, reason }) => (
        <Text key={`${example} ${reason}`} size="sm">
          {t(`prompt.leftOut.${reason}`, { example })}
        </Text>
      ))}
    </Stack>
  );
}

function Open({ project, proposal }: { project: string; proposal: FirstPromptProposal }) {
  const { t } = useTranslation('start');
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? t('prompt.usualName');
  const { data } = useApi('GET /api/projects/:project/prompts', { params: { project } });
  const existing = data?.prompts.find((prompt) => prompt.name.toLowerCase() === name.trim().toLowerCase());
  const opening = useOpening(project, proposal, existing?.slug);
  const action = {
    leftSection: <FilePen size={16} aria-hidden />,
    disabled: name.trim() === '' || data === undefined || opening.isPending,
  };
  const replaces = existing !== undefined && draftsOf({ project, prompt: existing.slug }).length > 0;
  return (
    <>
      <Group align="flex-end" gap="sm">
        <TextInput
          label={t('prompt.name')}
          w={260}
          maxLength={80}
          value={name}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {replaces ? (
          <ConfirmButton
            {...action}
            title={t('prompt.replaceTitle')}
            text={t('prompt.replaceText')}
            onConfirm={() => opening.open(name)}
          >
            {t('prompt.open')}
          </ConfirmButton>
        ) : (
          <Button {...action} onClick={() => opening.open(name)}>
            {t('prompt.open')}
          </Button>
        )}
      </Group>
      {existing !== undefined && existing.versionCount > 0 && (
        <Text size="sm">{t('prompt.hasVersions', { count: existing.versionCount })}</Text>
      )}
      {opening.error !== null && <ErrorAlert error={opening.error} />}
    </>
  );
}

/** Lays the proposal down as a draft of the prompt, as the editor keeps its own, and goes there. */
function useOpening(project: string, { content }: FirstPromptProposal, existing: string | undefined) {
  const { t } = useTranslation('start');
  const navigate = useNavigate();
  const create = useApiMutation('POST /api/projects/:project/prompts');
  const [failed, setFailed] = useState<Error | null>(null);
  const write = async (prompt: string) => {
    const params = { project, prompt };
    const { versions } = await request('GET /api/projects/:project/prompts/:prompt', { params });
    const newest = versions.at(-1)?.number ?? null;
    const draft = { draft: draftOf(content), note: t('prompt.note'), at: new Date().toISOString() };
    if (!keepDraft({ project, prompt }, { base: newest, newest: newest ?? 0, ...draft }))
      return setFailed(new Error(t('prompt.noRoom')));
    await navigate({ to: '/projects/$project/prompts/$prompt/edit', params });
  };
  const open = (name: string) => {
    setFailed(null);
    if (existing !== undefined) void write(existing).catch(setFailed);
    else
      create.mutate(
        { params: { project }, body: { name: name.trim() } },
        { onSuccess: ({ slug }) => void write(slug).catch(setFailed) },
      );
  };
  return { open, isPending: create.isPending, error: failed ?? create.error };
}
