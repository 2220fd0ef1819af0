import { Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { type FormEvent, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../../api/query.ts';
import { useAuthor } from '../../../components/author-field.tsx';
import { DialogActions } from '../../../components/dialog-actions.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { expectedKind, readExpected } from '../read-expected.ts';
import { CandidateRow, type Candidates } from './candidate-row.tsx';
import classes from './to-set.module.css';
import type { Added, Chosen } from './to-set.tsx';

type Props = { project: string; set: string; chosen: Chosen; onAdded: (added: Added) => void; onClose: () => void };

/** What would be added, with what it resembles, and what each should have been answered. */
export function CandidatesForm({ project, set, chosen, ...rest }: Props) {
  const params = { project, set };
  const preview = useApi(
    'POST /api/projects/:project/sets/:set/observed-cases/preview',
    { params, body: chosen },
    { staleTime: Number.POSITIVE_INFINITY },
  );
  const first = useApi('GET /api/projects/:project/sets/:set/cases', { params, query: { limit: 1 } });
  return (
    <QueryState query={preview} height={300}>
      {(found) => (
        <QueryState query={first} height={300}>
          {({ cases }) => <Filled {...rest} project={project} found={found} kind={expectedKind(cases[0]?.expected)} />}
        </QueryState>
      )}
    </QueryState>
  );
}

type FilledProps = Pick<Props, 'project' | 'onAdded' | 'onClose'> & {
  found: Candidates;
  kind: ReturnType<typeof expectedKind>;
};

function Filled({ project, found, kind, onAdded, onClose }: FilledProps) {
  const { t } = useTranslation('toSet');
  const { set, base, candidates, labels, missing, already, more } = found;
  const [taken, setTaken] = useState<ReadonlySet<number>>(
    new Set(candidates.filter(({ resembles }) => resembles === null).map(({ id }) => id)),
  );
  const [typed, setTyped] = useState<ReadonlyMap<number, string>>(new Map());
  const [tags, setTags] = useState<string[]>([]);
  const [note, setNote] = useState('');
  const [author] = useAuthor();
  const add = useApiMutation('POST /api/projects/:project/sets/:set/observed-cases');
  const cases = candidates
    .filter(({ id }) => taken.has(id))
    .map(({ id }) => ({ id, typed: typed.get(id) ?? '' }))
    .map((one) => ({ ...one, expected: one.typed.trim() === '' ? null : readExpected(one.typed, kind) }));
  const without = cases.filter(({ expected }) => expected === null).length;
  const wrong = new Set(cases.filter(({ expected }) => expected === undefined).map(({ id }) => id));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = cases.flatMap(({ id, expected }) => (expected === undefined ? [] : [{ id, expected }]));
    const body = { base, cases: read, tags, note: note.trim() || t('standardNote'), author: author.trim() };
    add.mutate({ params: { project, set }, body }, { onSuccess: onAdded });
  };
  const take = useCallback(
    (id: number, on: boolean) =>
      setTaken((before) => (on ? before.union(new Set([id])) : before.difference(new Set([id])))),
    [],
  );
  const type = useCallback((id: number, text: string) => setTyped((before) => new Map(before).set(id, text)), []);
  const resembling = candidates.filter(({ resembles }) => resembles !== null).length;
  return (
    <Stack component="form" gap="sm" onSubmit={submit}>
      <Text size="sm" c="dimmed">
        {[
          t('found', { count: candidates.length }),
          ...(resembling > 0 ? [t('resembling', { count: resembling })] : []),
          ...(already > 0 ? [t('already', { count: already })] : []),
          ...(more ? [t('more')] : []),
        ].join(' ')}
      </Text>
      {missing.length > 0 && (
        <Text size="sm" c="var(--w-none)">
          {t('missing', { names: missing.join(', ') })}
        </Text>
      )}
      <ul className={classes.list} aria-label={t('calls')}>
        {candidates.map((candidate) => (
          <CandidateRow
            key={candidate.id}
            candidate={candidate}
            taken={taken.has(candidate.id)}
            typed={typed.get(candidate.id) ?? ''}
            labels={labels}
            wrong={wrong.has(candidate.id)}
            onTake={take}
            onType={type}
          />
        ))}
      </ul>
      <Group grow align="flex-start">
        <TagsInput label={t('tags')} value={tags} onChange={setTags} maxTags={20} />
        <TextInput
          label={t('note')}
          placeholder={t('standardNote')}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </Group>
      <Text size="sm">{t('dev')}</Text>
      {without > 0 && <Text size="sm">{t('without', { count: without })}</Text>}
      <DialogActions error={add.error} onCancel={onClose}>
        <Button type="submit" loading={add.isPending} disabled={cases.length === 0 || wrong.size > 0}>
          {t('add', { count: cases.length })}
        </Button>
      </DialogActions>
    </Stack>
  );
}
