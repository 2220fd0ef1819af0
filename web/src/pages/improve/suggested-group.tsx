import { Autocomplete, Button, Checkbox, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Check } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SentBody } from '../../../../server/http/contract/index.ts';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { AnchorLink } from '../../components/link.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Run } from '../../components/use-runs.ts';
import { AcceptedGroups } from './accepted-groups.tsx';
import classes from './groups.module.css';
import type { Suggestion } from './suggested-groups.tsx';
import { useReason } from './use-reason.ts';

type GroupOf = Suggestion['groups'][number];
/** How a person changed a proposal: `left` are results that do not belong to it. */
export type GroupDraft = { name: string; left: ReadonlySet<number>; accepted: boolean };
type Props = { run: Run; group: GroupOf; draft: GroupDraft; onDraft: (change: Partial<GroupDraft>) => void };

/** What of a group would be accepted; null where there is nothing, or no name for it. */
export function acceptable({ cases }: GroupOf, { name, left }: GroupDraft): SortedGroup | null {
  const results = cases.flatMap(({ result }) => (left.has(result) ? [] : [result]));
  const category = name.trim();
  return results.length === 0 || category === '' ? null : { category, results };
}
type SortedGroup = SentBody<'POST /api/runs/:run/sorted-failures'>['groups'][number];

/** Cases shown at first, and so many more each time. */
const SHOWN = 4;
const MORE = 100;

/** One proposal: its name can be changed and single cases left out before it is accepted. */
export function SuggestedGroup({ run, group, draft: { name, left, accepted }, draft, onDraft }: Props) {
  const { t } = useTranslation('improve');
  const id = useId();
  const reason = useReason()(group);
  const [most, setMost] = useState(SHOWN);
  const [author] = useAuthor();
  const { data } = useApi('GET /api/projects/:project/categories', { params: { project: run.project } });
  const sort = useApiMutation('POST /api/runs/:run/sorted-failures');
  const chosen = acceptable(group, draft);
  const accept = (event: FormEvent) => {
    event.preventDefault();
    if (chosen === null) return;
    const given = { params: { run: run.id }, body: { groups: [chosen], author } };
    sort.mutate(given, { onSuccess: () => onDraft({ accepted: true }) });
  };
  const toggle = (result: number) => {
    const next = new Set(left);
    if (!next.delete(result)) next.add(result);
    onDraft({ left: next });
  };
  if (accepted && sort.data !== undefined) {
    return <AcceptedGroups project={run.project} change={sort.data} onUndone={() => onDraft({ accepted: false })} />;
  }
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
            onChange={(next) => onDraft({ name: next })}
          />
          <Button
            type="submit"
            leftSection={<Check size={16} aria-hidden />}
            loading={sort.isPending}
            disabled={chosen === null}
          >
            {t('groups.accept', { count: group.cases.length - left.size })}
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
