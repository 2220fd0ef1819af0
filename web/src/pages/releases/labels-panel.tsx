import { Button, Group, Modal, Paper, Text, Title, Tooltip } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ArrowLeftRight, Tag, Undo2 } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { DateTime } from '../../components/figures.tsx';
import { columnsOf } from '../../components/table-columns.ts';
import { MoveForm } from './move-form.tsx';
import { type LabelState, labelsOf, type Releases } from './release.ts';
import { RollBackForm } from './roll-back-form.tsx';
import { ReleaseLink, VersionLink } from './version-link.tsx';

/** `state` is missing where a label points nowhere yet. */
type Row = { prompt: string; label: string; state: LabelState | undefined; number: number | undefined };
type Asked =
  | { type: 'move'; prompt: string; label: string }
  | { type: 'new'; prompt: string }
  | { type: 'rollBack'; state: LabelState };
type Props = Pick<Releases, 'releases' | 'labels'> & { project: string };

const ROUTE = '/projects/$project/releases';
const column = columnsOf<Row>();

/** Where each label points now, and the ways to change that. */
export function LabelsPanel({ project, releases, labels }: Props) {
  const { t } = useTranslation('releases');
  const { rollBack } = useSearch({ from: ROUTE });
  const navigate = useNavigate({ from: ROUTE });
  // A link asked for it, as from an alert.
  const state = labels.find(({ prompt, label, previous }) => prompt === rollBack && label === 'production' && previous);
  const [asked, setAsked] = useState<Asked | null>(state === undefined ? null : { type: 'rollBack', state });
  const close = () => {
    setAsked(null);
    if (rollBack !== undefined) navigate({ search: ({ rollBack: _, ...before }) => before, replace: true });
  };
  const columns = useColumns(project, setAsked);
  const prompts = [...new Set(releases.map(({ prompt }) => prompt))];
  const rows = prompts.flatMap((prompt) =>
    labelsOf(prompt, labels).map((label): Row => {
      const state = labels.find((one) => one.prompt === prompt && one.label === label);
      return { prompt, label, state, number: releases.find(({ id }) => id === state?.release)?.number };
    }),
  );
  return (
    <Paper component="section" aria-labelledby="labels">
      <Group justify="space-between" align="flex-start" mb="sm">
        <div>
          <Title order={2} id="labels">
            {t('labels.title')}
          </Title>
          <Text size="sm" c="dimmed">
            {t('labels.text')}
          </Text>
        </div>
        <Group gap="xs">
          {prompts.map((prompt) => (
            <Button
              key={prompt}
              variant="default"
              size="compact-sm"
              leftSection={<Tag size={14} aria-hidden />}
              onClick={() => setAsked({ type: 'new', prompt })}
            >
              {prompts.length === 1 ? t('labels.another') : t('labels.anotherOf', { prompt })}
            </Button>
          ))}
        </Group>
      </Group>
      <DataTable
        label={t('labels.title')}
        columns={columns}
        data={rows}
        rowKey={({ prompt, label }) => `${prompt} ${label}`}
      />
      <Asking project={project} releases={releases} labels={labels} asked={asked} onClose={close} />
    </Paper>
  );
}

type AskingProps = Props & { asked: Asked | null; onClose: () => void };

function Asking({ asked, onClose, ...given }: AskingProps) {
  const { t } = useTranslation('releases');
  const title =
    asked?.type === 'rollBack'
      ? t('rollBack.title', { label: asked.state.label })
      : asked?.type === 'move'
        ? t('move.title', { label: asked.label })
        : t('labels.another');
  return (
    <Modal opened={asked !== null} onClose={onClose} size="lg" title={title}>
      {asked?.type === 'rollBack' && (
        <RollBackForm project={given.project} state={asked.state} releases={given.releases} onClose={onClose} />
      )}
      {(asked?.type === 'move' || asked?.type === 'new') && (
        <MoveForm
          {...given}
          prompt={asked.prompt}
          label={asked.type === 'move' ? asked.label : undefined}
          cancel={t('common:cancel')}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}

function useColumns(project: string, ask: (asked: Asked) => void) {
  const { t } = useTranslation('releases');
  return useMemo(
    () =>
      column.columns([
        column.accessor('label', {
          header: t('labels.label'),
          cell: ({ getValue }) => <ToneBadge tone="info" icon={Tag} text={getValue()} />,
        }),
        column.accessor(({ prompt, state }) => `${prompt} ${state?.version ?? ''}`, {
          id: 'version',
          header: t('labels.pointsTo'),
          cell: ({ row: { original: row } }) =>
            row.state === undefined || row.number === undefined ? (
              <span className="dim nowrap">{t('labels.nowhere', { prompt: row.prompt })}</span>
            ) : (
              <span className="nowrap">
                <VersionLink project={project} prompt={row.prompt} version={row.state.version} /> ·{' '}
                <ReleaseLink id={row.state.release} number={row.number} />
              </span>
            ),
        }),
        column.accessor(({ state }) => state?.createdAt, {
          id: 'since',
          header: t('labels.since'),
          cell: ({ row: { original: row } }) => row.state && <DateTime at={row.state.createdAt} />,
        }),
        column.accessor(({ state }) => state?.author, {
          id: 'by',
          header: t('by'),
          cell: ({ row: { original: row } }) => <span className="nowrap">{row.state?.author}</span>,
        }),
        column.accessor(({ state }) => state?.reason, { id: 'why', header: t('why'), meta: { fill: true } }),
        column.display({
          id: 'actions',
          header: t('labels.actions'),
          cell: ({ row: { original: row } }) => <Actions row={row} ask={ask} />,
        }),
      ]),
    [project, t, ask],
  );
}

function Actions({ row: { prompt, label, state }, ask }: { row: Row; ask: (asked: Asked) => void }) {
  const { t } = useTranslation('releases');
  const impossible = !state?.previous;
  return (
    <Group gap={6} wrap="nowrap">
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<ArrowLeftRight size={14} aria-hidden />}
        aria-label={t(state === undefined ? 'labels.pointOf' : 'move.title', { label })}
        onClick={() => ask({ type: 'move', prompt, label })}
      >
        {t(state === undefined ? 'labels.point' : 'labels.move')}
      </Button>
      {state !== undefined && (
        // A button that is disabled for the browser can't be reached, so that nobody could learn why.
        <Tooltip
          label={t('rollBack.impossible', { label })}
          disabled={!impossible}
          events={{ hover: true, focus: true, touch: true }}
        >
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Undo2 size={14} aria-hidden />}
            data-disabled={impossible || undefined}
            aria-disabled={impossible}
            aria-label={
              impossible
                ? `${t('rollBack.title', { label })}. ${t('rollBack.impossible', { label })}`
                : t('rollBack.title', { label })
            }
            onClick={() => !impossible && ask({ type: 'rollBack', state })}
          >
            {t('rollBack.action')}
          </Button>
        </Tooltip>
      )}
    </Group>
  );
}
