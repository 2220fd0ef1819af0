import { Button, Group, Select, Stack, Text, Textarea, Title } from '@mantine/core';
import { FlaskConical, Plus } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi, useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { ErrorAlert, QueryState } from '../../components/query-state.tsx';
import type { Observation } from './observation.ts';
import classes from './observation-drawer.module.css';
import { expectedKind, readExpected } from './read-expected.ts';
import { useCaseSet } from './use-case-set.ts';

type Props = { project: string; observation: Observation };
type Json = Observation['input'][string];

/** More distinct answers than this are no labels to choose from. */
const MANY = 12;

/** Makes an evaluation case of an observation: into which set, and what it should have been answered. */
export function MakeCase({ project, observation }: Props) {
  const { t } = useTranslation('monitor');
  const { query, chosenOf, remember } = useCaseSet(project);
  return (
    <section className={classes.case} aria-labelledby="make-case">
      <Title order={3} id="make-case">
        {t('case.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('case.text')}
      </Text>
      <QueryState query={query} height={80}>
        {({ sets }) => {
          const set = chosenOf(sets);
          if (set === undefined) return <NoSet project={project} />;
          return (
            <Stack gap="sm">
              <Select
                label={t('case.set')}
                maw={320}
                data={sets.map(({ slug, name }) => ({ value: slug, label: name }))}
                value={set.slug}
                allowDeselect={false}
                onChange={(slug) => slug !== null && remember(slug)}
              />
              <Answer key={set.slug} project={project} set={set.slug} observation={observation} />
            </Stack>
          );
        }}
      </QueryState>
    </section>
  );
}

function NoSet({ project }: { project: string }) {
  const { t } = useTranslation('monitor');
  return (
    <EmptyState
      icon={FlaskConical}
      title={t('case.noSet')}
      action={
        <ButtonLink to="/projects/$project/sets" params={{ project }} search={{ import: true }}>
          {t('case.toSets')}
        </ButtonLink>
      }
    />
  );
}

function Answer({ project, set, observation }: Props & { set: string }) {
  const { t } = useTranslation('monitor');
  const params = { project, set };
  const detail = useApi('GET /api/projects/:project/sets/:set', { params });
  const first = useApi('GET /api/projects/:project/sets/:set/cases', { params, query: { limit: 1 } });
  const make = useApiMutation('POST /api/observations/:id/case');
  const [author] = useAuthor();
  const add = (expected: Json) =>
    make.mutate({ params: { id: observation.id }, body: { set, expected, author: author.trim() } });
  const missing = (variables: readonly string[]) => variables.filter((name) => !(name in observation.input));
  return (
    <QueryState query={detail} height={60}>
      {({ labels, variables }) => (
        <QueryState query={first} height={60}>
          {({ cases }) => (
            <Stack gap="sm">
              {missing(variables).length > 0 && (
                <Text size="sm" c="var(--w-none)">
                  {t('case.otherVariables', {
                    missing: missing(variables).join(', '),
                    given: Object.keys(observation.input).join(', '),
                  })}
                </Text>
              )}
              <Choice
                labels={[...new Set(labels.flatMap(({ label }) => label ?? []))]}
                kind={expectedKind(cases[0]?.expected)}
                observation={observation}
                pending={make.isPending}
                onAdd={add}
              />
              {make.error !== null && <ErrorAlert error={make.error} />}
            </Stack>
          )}
        </QueryState>
      )}
    </QueryState>
  );
}

type ChoiceProps = {
  labels: readonly string[];
  kind: ReturnType<typeof expectedKind>;
  observation: Observation;
  pending: boolean;
  onAdd: (expected: Json) => void;
};

/** The set's labels as buttons, each of which adds the case at once; else, or beside them, what a person writes. */
function Choice({ labels, kind, observation, pending, onAdd }: ChoiceProps) {
  const { t } = useTranslation('monitor');
  const few = labels.length > 0 && labels.length <= MANY;
  const [writing, setWriting] = useState(!few);
  return (
    <>
      {few && (
        <fieldset className={classes.labels} disabled={pending}>
          <legend>{t('case.expected')}</legend>
          <Group gap="xs">
            {labels.map((label) => (
              <Button
                key={label}
                leftSection={<Plus size={16} aria-hidden />}
                onClick={() => onAdd(readExpected(label, kind) ?? label)}
              >
                {t('case.addAs', { label })}
              </Button>
            ))}
            {!writing && (
              <Button variant="default" onClick={() => setWriting(true)}>
                {t('case.other')}
              </Button>
            )}
          </Group>
        </fieldset>
      )}
      {writing && <Written kind={kind} observation={observation} pending={pending} focus={few} onAdd={onAdd} />}
    </>
  );
}

type WrittenProps = Omit<ChoiceProps, 'labels'> & {
  /** The button that asked for it is gone. */
  focus: boolean;
};

function Written({ kind, observation: { output, feedback }, pending, focus, onAdd }: WrittenProps) {
  const { t } = useTranslation('monitor');
  // What a user liked is probably what is expected; anything else would be one click from a wrong case.
  const [text, setText] = useState(feedback === 'up' ? output.trim() : '');
  const [tried, setTried] = useState(false);
  const expected = readExpected(text, kind);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focus) field.current?.focus();
  }, [focus]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (expected !== undefined) onAdd(expected);
  };
  return (
    <Stack component="form" gap="xs" onSubmit={submit}>
      <Textarea
        label={t('case.expected')}
        description={kind === 'text' ? undefined : t(`case.kind.${kind}`)}
        error={
          tried && expected === undefined ? t(text.trim() === '' ? 'case.needed' : `case.wrong.${kind}`) : undefined
        }
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        ref={field}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group>
        <Button type="submit" loading={pending} leftSection={<Plus size={16} aria-hidden />}>
          {t('case.add')}
        </Button>
      </Group>
    </Stack>
  );
}
