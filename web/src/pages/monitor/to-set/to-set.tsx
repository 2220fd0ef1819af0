import { Alert, Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { CircleCheck, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, SentBody } from '../../../../../server/http/contract/index.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ButtonLink } from '../../../components/link.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { useCaseSet } from '../use-case-set.ts';
import { CandidatesForm } from './candidates-form.tsx';

export type Chosen = SentBody<'POST /api/projects/:project/sets/:set/observed-cases/preview'>;
type Matching = Chosen['matching'];
export type Added = Answer<'POST /api/projects/:project/sets/:set/observed-cases'>;

type Props = { project: string; selected: ReadonlySet<number>; matching: Matching; onAdded: () => void };

/** A button that takes the selected calls, or without any all that match, into an evaluation set. */
export function ToSet({ project, selected, matching, onAdded }: Props) {
  const { t } = useTranslation('toSet');
  const [opened, { open, close }] = useDisclosure();
  const chosen = selected.size > 0 ? { ids: [...selected] } : { matching };
  return (
    <>
      <Button
        size="xs"
        variant={selected.size > 0 ? 'filled' : 'default'}
        leftSection={<FlaskConical size={14} aria-hidden />}
        onClick={open}
      >
        {selected.size > 0 ? t('addSelected', { count: selected.size }) : t('addMatching')}
      </Button>
      <Modal opened={opened} onClose={close} size="xl" title={t('title')}>
        <Dialog project={project} chosen={chosen} onAdded={onAdded} onClose={close} />
      </Modal>
    </>
  );
}

type DialogProps = { project: string; chosen: Chosen; onAdded: () => void; onClose: () => void };

function Dialog({ project, chosen: given, onAdded, onClose }: DialogProps) {
  const { t } = useTranslation('toSet');
  const { query, chosenOf, remember } = useCaseSet(project);
  const [added, setAdded] = useState<Added | null>(null);
  // What is chosen stays what it was when the dialog opened.
  const [chosen] = useState(given);
  if (added !== null) return <Done project={project} added={added} onClose={onClose} />;
  return (
    <QueryState query={query} height={120}>
      {({ sets }) => {
        const set = chosenOf(sets);
        if (set === undefined) {
          return (
            <EmptyState
              icon={FlaskConical}
              title={t('monitor:case.noSet')}
              action={
                <ButtonLink to="/projects/$project/sets" params={{ project }} search={{ import: true }}>
                  {t('monitor:case.toSets')}
                </ButtonLink>
              }
            />
          );
        }
        return (
          <Stack gap="sm">
            <Select
              label={t('set')}
              maw={320}
              data={sets.map(({ slug, name }) => ({ value: slug, label: name }))}
              value={set.slug}
              allowDeselect={false}
              onChange={(slug) => slug !== null && remember(slug)}
            />
            <CandidatesForm
              key={set.slug}
              project={project}
              set={set.slug}
              chosen={chosen}
              onAdded={(made) => {
                setAdded(made);
                onAdded();
              }}
              onClose={onClose}
            />
          </Stack>
        );
      }}
    </QueryState>
  );
}

function Done({ project, added, onClose }: { project: string; added: Added; onClose: () => void }) {
  const { t } = useTranslation('toSet');
  return (
    <Stack>
      <Alert role="status" icon={<CircleCheck size={18} aria-hidden />} bg="var(--w-pass-ground)">
        <Text size="sm">{t('done', { count: added.added, set: added.set, version: added.setVersion })}</Text>
        {added.withoutExpected > 0 && <Text size="sm">{t('without', { count: added.withoutExpected })}</Text>}
      </Alert>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('common:close')}
        </Button>
        <ButtonLink to="/projects/$project/sets/$set" params={{ project, set: added.set }}>
          {t('toSet')}
        </ButtonLink>
      </Group>
    </Stack>
  );
}
