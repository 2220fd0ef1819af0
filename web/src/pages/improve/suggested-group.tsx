import { Autocomplete, Button, Checkbox, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Check } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import classes from './groups.module.css';
import type { Suggestion } from './suggested-groups.tsx';

type GroupOf = Suggestion['groups'][number];
type Props = { run: Run; group: GroupOf };

/** Cases shown at first, and so many more each time. */
const SHOWN = 4;
const MORE = 100;

/** One proposal: its name can be changed and single cases left out before it is accepted. */
export function SuggestedGroup({ run, group }: Props) {
  const { t } = useTranslation('improve');
  const id = useId();
  const reason = useReason(group);
  const [name, setName] = useState(group.name ?? group.category ?? reason);
  const [left, setLeft] = useState<ReadonlySet<number>>(new Set());
  const [most, setMost] = useState(SHOWN);
  const [author] = useAuthor();
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project: run.project } });
  const sort = useApiMutation('POST /api/runs/:run/sorted-failures');
  const chosen = group.cases.filter(({ result }) => !left.has(result));
  const accept = (event: FormEvent) => {
    event.preventDefault();
    const sorted = { category: name.trim(), results: chosen.map(({ result }) => result) };
    sort.mutate({ params: { run: run.id }, body: { groups: [sorted], author } });
  };
  const toggle = (result: number) => {
    const next = new Set(left);
    if (!next.delete(result)) next.add(result);
    setLeft(next);
  };
  if (sort.data !== undefined) return <Accepted project={run.project} change={sort.data} onUndone={sort.reset} />;
  return (
    <Paper component="section" aria-labelledby={id}>
      <Stack gap="xs">
        <Title order={3} size="sm" id={id}>
          {t('groups.group', { count: group.cases.length, reason })}
        </Title>
        {group.category !== null && (
          <Text size="sm" c="dimmed">
            {t('groups.likeSorted', { category: group.category })}
          </Text>
        )}
        <Group component="form" onSubmit={accept} align="flex-end" gap="xs">
          <Autocomplete
            label={t('groups.name')}
            required
            maxLength={80}
            w={{ base: '100%', xs: 300 }}
            data={data?.categories.map(({ category }) => category) ?? []}
            value={name}
            onChange={setName}
          />
          <Button
            type="submit"
            leftSection={<Check size={16} aria-hidden />}
            loading={sort.isPending}
            disabled={chosen.length === 0 || name.trim() === ''}
          >
            {t('groups.accept', { count: chosen.length })}
          </Button>
        </Group>
        {sort.error !== null && <ErrorAlert error={sort.error} />}
        <ul className={classes.cases}>
          {group.cases.slice(0, most).map((item) => (
            <Case key={item.result} run={run} item={item} taken={!left.has(item.result)} onToggle={toggle} />
          ))}
        </ul>
        {group.cases.length > most && (
          <Group>
            <Button variant="subtle" size="compact-sm" onClick={() => setMost(most + MORE)}>
              {t('groups.showMore', { count: Math.min(MORE, group.cases.length - most) })}
            </Button>
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

type AcceptedProps = {
  project: string;
  change: Answer<'POST /api/runs/:run/sorted-failures'>;
  onUndone: () => void;
};

/** What stands in the place of an accepted group; it takes the focus, which was on what is gone. */
function Accepted({ project, change, onUndone }: AcceptedProps) {
  const { t } = useTranslation('improve');
  const [author] = useAuthor();
  const undo = useApiMutation('POST /api/projects/:project/category-changes/:id/undo');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const category = change.content.type === 'sorted' ? (change.content.categories[0]?.category ?? '') : '';
  return (
    <Paper ref={box} tabIndex={-1}>
      <Group gap="sm">
        <Text size="sm" role="status">
          {t('groups.accepted', { count: change.standing, category })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          loading={undo.isPending}
          onClick={() => undo.mutate({ params: { project, id: change.id }, body: { author } }, { onSuccess: onUndone })}
        >
          {t('groups.undo')}
        </Button>
      </Group>
      {undo.error !== null && <ErrorAlert error={undo.error} />}
    </Paper>
  );
}

/** What its cases share, in the reader's language: a name that a person can go on from. */
function useReason({ reason }: GroupOf): string {
  const { t } = useTranslation('improve');
  if (reason.type === 'words') return reason.words;
  if (reason.type === 'confusion') {
    return t('groups.reason.confusion', { expected: reason.expected, answer: reason.answer });
  }
  return t(`groups.reason.${reason.type}`);
}

type CaseProps = {
  run: Run;
  item: GroupOf['cases'][number];
  taken: boolean;
  onToggle: (result: number) => void;
};

function Case({ run, item: { result, caseKey, input, expected, output, note }, taken, onToggle }: CaseProps) {
  const { t } = useTranslation('improve');
  return (
    <li>
      <Checkbox
        aria-label={t('groups.take', { case: caseKey })}
        checked={taken}
        onChange={() => onToggle(result)}
        mt={2}
      />
      <div className={classes.texts}>
        <p>
          <AnchorLink
            to="/projects/$project/runs/$run"
            params={{ project: run.project, run: String(run.id) }}
            search={{ result }}
            className="mono"
            inherit
          >
            {caseKey}
          </AnchorLink>{' '}
          {input}
        </p>
        <p className="dim">
          {expected !== '' && <>{t('expected')}: </>}
          {expected !== '' && <span className={classes.value}>{expected}</span>} {t('output')}:{' '}
          <span className={classes.value}>{output}</span>
        </p>
        {note !== '' && <p>{note}</p>}
      </div>
    </li>
  );
}
