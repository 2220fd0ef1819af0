import { Button, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { BookmarkPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { ErrorAlert } from '../../components/query-state.tsx';
import type { Variables } from './subject.ts';

type Props = {
  project: string;
  sets: Answer<'GET /api/projects/:project/sets'>['sets'];
  variables: Variables;
  output: string;
};

/** Keeps an input of one's own as a case of a set; what the model said is the draft of what is expected. */
export function KeepCase({ project, sets, variables, output }: Props) {
  const { t } = useTranslation('prompts');
  const [opened, { open, close }] = useDisclosure();
  const [author] = useAuthor();
  const [slug, setSlug] = useState<string | null>(null);
  const [expected, setExpected] = useState('');
  const mutation = useApiMutation('POST /api/projects/:project/sets/:set/changes');
  const set = sets.find((one) => one.slug === slug) ?? sets[0];
  if (set === undefined) return null;
  const keep = () =>
    mutation.mutate(
      {
        params: { project, set: set.slug },
        body: {
          base: set.version,
          changes: [{ type: 'add', case: { variables, expected: expected.trim(), tags: [] }, source: 'playground' }],
          note: t('playground.keptNote'),
          author,
        },
      },
      {
        onSuccess: () => {
          close();
          notifications.show({ message: t('playground.kept', { set: set.name }) });
        },
      },
    );
  return (
    <>
      <Button
        variant="default"
        size="compact-xs"
        leftSection={<BookmarkPlus size={13} aria-hidden />}
        onClick={() => {
          setExpected(output);
          open();
        }}
      >
        {t('playground.keep')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('playground.keepTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        <Stack
          gap="sm"
          component="form"
          onSubmit={(event: React.FormEvent) => {
            event.preventDefault();
            keep();
          }}
        >
          <Text size="sm">{t('playground.keepText')}</Text>
          <Select
            label={t('subject.set')}
            allowDeselect={false}
            data={sets.map((one) => ({ value: one.slug, label: one.name }))}
            value={set.slug}
            onChange={setSlug}
          />
          <Textarea
            label={t('playground.expected')}
            autosize
            minRows={1}
            maxRows={8}
            value={expected}
            onChange={(event) => setExpected(event.currentTarget.value)}
            data-autofocus
          />
          {mutation.error !== null && <ErrorAlert error={mutation.error} />}
          <Button type="submit" loading={mutation.isPending}>
            {t('playground.keep')}
          </Button>
        </Stack>
      </Modal>
    </>
  );
}
