import { Button, Group, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { LayoutGrid, Play, Plus, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { ButtonLink } from '../../components/link.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { callsOf } from './playground-plan.ts';
import { PlaygroundSetup } from './playground-setup.tsx';
import { PlaygroundTable } from './playground-table.tsx';
import { RunColumns } from './run-columns.tsx';
import { useCells } from './use-cells.ts';
import { usePlayground } from './use-playground.ts';

/** Inputs × versions × models side by side, before anything is run for good. */
export function Playground() {
  const { t } = useTranslation('prompts');
  const { project } = useParams({ from: '/projects/$project/playground' });
  const playground = usePlayground(project);
  const { cells, running, run, stop } = useCells(project);
  const { versions, inputs, columns, cases } = playground;
  const calls = callsOf(inputs, columns);
  return (
    <>
      <PageHeader title={t('common:pages.playground')} subtitle={t('playground.subtitle')} />
      <Stack gap="md">
        {versions.length === 0 ? (
          <EmptyState
            icon={LayoutGrid}
            title={t('list.empty')}
            action={
              <ButtonLink
                to="/projects/$project/prompts"
                params={{ project }}
                leftSection={<Plus size={16} aria-hidden />}
              >
                {t('common:pages.prompts')}
              </ButtonLink>
            }
          >
            {t('playground.noVersion')}
          </EmptyState>
        ) : (
          <>
            <PlaygroundSetup project={project} playground={playground} />
            <Group gap="xs">
              <Button
                disabled={calls.length === 0 || running}
                leftSection={<Play size={16} aria-hidden />}
                onClick={() => run(calls)}
              >
                {t('playground.ask', { count: calls.length })}
              </Button>
              {running && (
                <Button variant="default" leftSection={<Square size={14} aria-hidden />} onClick={stop}>
                  {t('try.stop')}
                </Button>
              )}
              {cases.set !== undefined && <RunColumns project={project} set={cases.set} columns={columns} />}
              <Text size="xs" c="dimmed">
                {t('playground.notStored')}
              </Text>
            </Group>
            {columns.length > 0 && inputs.length > 0 ? (
              <PlaygroundTable project={project} inputs={inputs} columns={columns} cells={cells} sets={cases.sets} />
            ) : (
              <Text size="sm" c="dimmed">
                {t('playground.choose')}
              </Text>
            )}
          </>
        )}
      </Stack>
    </>
  );
}
