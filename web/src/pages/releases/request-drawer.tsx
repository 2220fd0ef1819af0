import { Button, Drawer, Group, Stack, Text, Textarea, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { Stamp, Undo2, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApiMutation } from '../../api/query.ts';
import { AuthorField, useAuthor } from '../../components/author-field.tsx';
import { DateTime } from '../../components/figures.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import { useRoleHint } from '../../components/role-hint.tsx';
import { usePeople } from '../../components/use-people.ts';
import { NoteField } from './approval-form.tsx';
import { Digest } from './digest.tsx';
import { EvidenceView } from './evidence-view.tsx';
import { OverrideFields, useOverrides } from './override-fields.tsx';
import { type Request, unmetOf } from './release.ts';
import classes from './release-drawer.module.css';
import { RequestState } from './requests-panel.tsx';
import { VersionLink } from './version-link.tsx';

type Props = { project: string; request: Request | undefined; onClose: () => void };

/** A request with its frozen evidence, what was said to it, and the decision. */
export function RequestDrawer({ project, request, onClose }: Props) {
  const { t } = useTranslation('releases');
  // Kept here: once a request is approved, the form that did it is gone before it could lead on.
  const approve = useApiMutation('POST /api/projects/:project/release-requests/:id/approve');
  return (
    <Drawer
      opened={request !== undefined}
      onClose={onClose}
      size="min(960px, 100vw)"
      title={request && t('requests.details', request)}
    >
      {request && (
        <Stack gap="lg" key={request.id}>
          <Facts project={project} request={request} />
          <section>
            <Title order={2}>{t('details.evidence')}</Title>
            <Text size="sm" c="dimmed" mb="sm">
              {t('requests.frozen')}
            </Text>
            <EvidenceView project={project} evidence={request.evidence} />
          </section>
          <Said project={project} request={request} />
          {request.state === 'open' ? (
            <Decision project={project} request={request} approve={approve} />
          ) : (
            approve.error !== null && <ErrorAlert error={approve.error} />
          )}
        </Stack>
      )}
    </Drawer>
  );
}

function Facts({ project, request }: { project: string; request: Request }) {
  const { t } = useTranslation('releases');
  return (
    <section>
      <Text className={classes.note}>{request.note}</Text>
      <dl className={classes.facts}>
        <dt>{t('requests.state')}</dt>
        <dd>
          <RequestState state={request.state} />
        </dd>
        <dt>{t('approve.version')}</dt>
        <dd>
          <VersionLink project={project} {...request} />
        </dd>
        <dt>{t('requests.author')}</dt>
        <dd>{request.author === '' ? '–' : request.author}</dd>
        <dt>{t('common:model.label')}</dt>
        <dd className="mono">{request.model}</dd>
        <dt>{t('requests.by')}</dt>
        <dd>
          {request.requestedBy === '' ? '–' : request.requestedBy} · <DateTime at={request.createdAt} />
        </dd>
        <dt>{t('list.digest')}</dt>
        <dd>
          <Digest digest={request.evidenceDigest} full />
        </dd>
      </dl>
    </section>
  );
}

function Said({ project, request: { id, events, evidence } }: { project: string; request: Request }) {
  const { t } = useTranslation('releases');
  const [author] = useAuthor();
  const [text, setText] = useState('');
  const [key, setKey] = useState('');
  const set = evidence.runs[0]?.evalSet ?? '';
  const comment = useApiMutation('POST /api/projects/:project/release-requests/:id/comments');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const about = key.trim() === '' ? {} : { case: { set, key: key.trim() } };
    comment.mutate(
      { params: { project, id }, body: { text: text.trim(), author, ...about } },
      {
        onSuccess: () => {
          setText('');
          setKey('');
        },
      },
    );
  };
  return (
    <section>
      <Title order={2}>{t('requests.said')}</Title>
      {events.length === 0 && <Text c="dimmed">{t('requests.nothing')}</Text>}
      <ol className={classes.events}>
        {events.map((event) => (
          <li key={event.id}>
            <strong>{event.author === '' ? '–' : event.author}</strong> · {t(`requests.${event.kind}`)} ·{' '}
            <DateTime at={event.createdAt} />
            {event.case !== null && (
              <>
                {' · '}
                <AnchorLink
                  to="/projects/$project/sets/$set"
                  params={{ project, set: event.case.set }}
                  search={{ case: event.case.key }}
                  inherit
                  underline="always"
                >
                  {t('requests.onCase', event.case)}
                </AnchorLink>
              </>
            )}
            {event.release !== null && (
              <>
                {' · '}
                <AnchorLink
                  from="/projects/$project/releases"
                  to="."
                  search={{ release: event.release }}
                  inherit
                  underline="always"
                >
                  {t('requests.toRelease')}
                </AnchorLink>
              </>
            )}
            <Text className={classes.note}>{event.text}</Text>
          </li>
        ))}
      </ol>
      <Stack component="form" gap="xs" onSubmit={submit}>
        <Textarea
          label={t('requests.commentLabel')}
          autosize
          minRows={2}
          maxLength={5000}
          required
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <TextInput
          label={t('requests.case', { set })}
          maxLength={200}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
        />
        {comment.error !== null && <ErrorAlert error={comment.error} />}
        <Group>
          <Button type="submit" variant="default" loading={comment.isPending}>
            {t('requests.send')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}

type Approve = ReturnType<typeof useApiMutation<'POST /api/projects/:project/release-requests/:id/approve'>>;

function Decision({ project, request, approve }: { project: string; request: Request; approve: Approve }) {
  const { t } = useTranslation('releases');
  const navigate = useNavigate({ from: '/projects/$project/releases' });
  const { people, me } = usePeople();
  const [author] = useAuthor();
  const [note, setNote] = useState('');
  const unmet = unmetOf(request.evidence);
  const overrides = useOverrides(unmet);
  const sendBack = useApiMutation('POST /api/projects/:project/release-requests/:id/send-back');
  const withdraw = useApiMutation('POST /api/projects/:project/release-requests/:id/withdraw');
  const params = { project, id: request.id };
  const text = note.trim();
  const mine = me !== null && (request.requestedBy === me.name || request.author === me.name);
  const own = people.length > 1 && mine;
  const hint = useRoleHint('approver');
  const approver = hint === null;
  const error = approve.error ?? sendBack.error ?? withdraw.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    approve.mutate(
      { params, body: { note: text, overrides: overrides.given, author } },
      { onSuccess: ({ id }) => navigate({ search: { point: id }, resetScroll: false }) },
    );
  };
  const said = { params, body: { text, author } };
  return (
    <section>
      <Title order={2}>{t('requests.decide')}</Title>
      <Stack component="form" gap="sm" onSubmit={submit}>
        {!request.scopeIsSame && <Text role="status">{t('requests.scopeChanged')}</Text>}
        {own && <Text role="status">{t('requests.ownWork')}</Text>}
        {!own && hint !== null && <Text role="status">{hint}</Text>}
        <NoteField label={t('requests.note')} help={t('requests.noteHelp')} note={note} onNote={setNote} />
        {approver && !own && request.scopeIsSame && <OverrideFields unmet={unmet} {...overrides} />}
        {approver && <AuthorField needs="approver" w={280} />}
        {error !== null && <ErrorAlert error={error} />}
        <Group gap="xs">
          <Button
            type="submit"
            disabled={!approver || own || !request.scopeIsSame}
            loading={approve.isPending}
            leftSection={<Stamp size={16} aria-hidden />}
          >
            {t('requests.approve')}
          </Button>
          <Button
            variant="default"
            disabled={!approver || text === ''}
            loading={sendBack.isPending}
            leftSection={<Undo2 size={16} aria-hidden />}
            onClick={() => sendBack.mutate(said)}
          >
            {t('requests.sendBack')}
          </Button>
          <Button
            variant="default"
            disabled={(!approver && !mine) || text === ''}
            loading={withdraw.isPending}
            leftSection={<X size={16} aria-hidden />}
            onClick={() => withdraw.mutate(said)}
          >
            {t('requests.withdraw')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
