import { Alert, Button, Divider, Drawer, Group, Stack, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { CaseComments } from './case-comments.tsx';
import { type CaseDraft, contentOfDraft } from './case-draft.ts';
import { CaseFields } from './case-fields.tsx';
import { CaseReading } from './case-reading.tsx';
import { shownValue } from './case-value.ts';
import { type CaseContent, type CaseRow, sameCase } from './set-changes.ts';
import type { SetDetail } from './set-contents.tsx';

type Props = {
  set: SetDetail;
  /** The case that is open; null for a new one. */
  row: CaseRow | null;
  start: CaseDraft;
  readOnly: boolean;
  onKeep: (content: CaseContent, draft: CaseDraft) => void;
  onRemove: () => void;
  onUndo: () => void;
  onClose: () => void;
};

/** One case: to read, or to change as part of the set's next version. */
export function CaseDrawer({ set, row, start, readOnly, onKeep, onRemove, onUndo, onClose }: Props) {
  const { t } = useTranslation('sets');
  const [draft, setDraft] = useState(start);
  const [asked, setAsked] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const read = contentOfDraft(draft);
  const fixed = readOnly || row?.state === 'removed';
  const touched = !fixed && JSON.stringify(draft) !== JSON.stringify(start);
  const keep = () => {
    setAsked(true);
    if ('content' in read) onKeep(read.content, draft);
  };
  const unchanged = row !== null && 'content' in read && sameCase(row, read.content) && draft.split === row.split;
  return (
    <Drawer
      opened
      onClose={() => (touched && !unchanged ? setLeaving(true) : onClose())}
      size="lg"
      title={row === null ? t('case.new') : t('case.title', { key: row.key ?? t('cases.newKey') })}
    >
      <Stack gap="md">
        {leaving && (
          <Alert role="alert" color="yellow" icon={<TriangleAlert size={18} />} title={t('case.leave')}>
            <Group gap="xs">
              <Button size="compact-sm" onClick={keep}>
                {t('case.keep')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={onClose}>
                {t('case.forget')}
              </Button>
            </Group>
          </Alert>
        )}
        {row?.theirs && <Theirs theirs={row.theirs} onUndo={onUndo} />}
        {fixed && row !== null ? (
          <CaseReading row={row} />
        ) : (
          <CaseFields set={set} row={row} draft={draft} onChange={setDraft} />
        )}
        {asked && 'problem' in read && (
          <Text size="sm" c="var(--w-fail)" role="alert">
            {t(`case.problem.${read.problem}`)}
          </Text>
        )}
        {row?.state === 'removed' && (
          <Button variant="default" onClick={onUndo}>
            {t('case.restore')}
          </Button>
        )}
        {!fixed && (
          <Group justify="space-between" gap="xs">
            {row !== null ? (
              <ConfirmButton title={t('case.remove')} text={t('case.removeText')} onConfirm={onRemove}>
                {t('case.remove')}
              </ConfirmButton>
            ) : (
              <span />
            )}
            <Button onClick={keep} disabled={unchanged}>
              {t(row === null ? 'case.add' : 'case.keep')}
            </Button>
          </Group>
        )}
        {!fixed && (
          <Text size="xs" c="dimmed">
            {t('case.keepHelp')}
          </Text>
        )}
        {row !== null && row.state !== 'added' && row.key !== null && (
          <>
            <Divider />
            <CaseComments caseKey={row.key} />
          </>
        )}
      </Stack>
    </Drawer>
  );
}

/** Someone else saved this case while it was changed here: what it says now, and a way to let that stand. */
function Theirs({ theirs, onUndo }: { theirs: NonNullable<CaseRow['theirs']>; onUndo: () => void }) {
  const { t } = useTranslation('sets');
  return (
    <Alert color="yellow" icon={<TriangleAlert size={18} />} title={t('case.theirs')}>
      <Stack gap={4}>
        {Object.entries(theirs.variables).map(([name, value]) => (
          <Text key={name} size="sm">
            <span className="mono dim">{name}</span> {shownValue(value)}
          </Text>
        ))}
        <Text size="sm">
          <span className="dim">{t('cases.expected')}</span> {shownValue(theirs.expected)}
        </Text>
        <Group>
          <Button size="compact-sm" variant="default" onClick={onUndo}>
            {t('case.takeTheirs')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
