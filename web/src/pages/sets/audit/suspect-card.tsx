import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Check, CircleCheck, Pencil, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../../components/badge.tsx';
import { useHotkey } from '../../../components/hotkey.ts';
import { KeyboardHint } from '../../../components/keyboard-hint.tsx';
import { AnchorLink } from '../../../components/link.tsx';
import { shownValue } from '../case-value.ts';
import classes from './audit.module.css';
import type { Audit, Suspect } from './audit-report.ts';
import { EvidenceList } from './evidence-list.tsx';

type Props = {
  project: string;
  audit: Audit;
  suspect: Suspect;
  /** The label that was chosen and is not saved yet. */
  decision: string | null;
  onDecide: (label: string) => void;
  onUndo: () => void;
  place: ReactNode;
};

/** More labels than this have no key of their own. */
const MOST_KEYS = 9;

/** One doubted label: the case, what speaks against the label and for it, and what a person makes of it. */
export function SuspectCard({ project, audit, suspect, decision, onDecide, onUndo, place }: Props) {
  const { t } = useTranslation('audit');
  const { key, label, suggestion, doubt, variables, evidence, split } = suspect;
  useHotkey('u', t('action.undo'), onUndo);
  return (
    <Paper component="section" aria-label={key}>
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Title order={2}>
            <AnchorLink
              to="/projects/$project/sets/$set"
              params={{ project, set: audit.set }}
              search={{ case: key }}
              inherit
            >
              <span className="mono">{key}</span>
            </AnchorLink>
          </Title>
          <Group gap="xs">{place}</Group>
        </Group>
        {Object.entries(variables).map(([name, value]) => (
          <div key={name}>
            {Object.keys(variables).length > 1 && <span className="mono dim">{name}</span>}
            <div className={`verbatim ${classes.text}`}>{shownValue(value)}</div>
          </div>
        ))}
        <Group gap="xs">
          <Text size="sm">
            <span className="dim">{t('labelNow')}</span> <strong>{label}</strong>
          </Text>
          <Text size="sm" c="dimmed">
            {t(`common:split.${split}`)}
          </Text>
          <Text size="sm" c="dimmed" title={t('doubtHelp')}>
            {t('doubt', { doubt: doubt.toFixed(1) })}
          </Text>
          {decision !== null && (
            <ToneBadge
              tone={decision === label ? 'pass' : 'info'}
              icon={decision === label ? CircleCheck : Pencil}
              text={decision === label ? t('confirmed') : t('relabelled', { label: decision })}
            />
          )}
        </Group>
        <Group gap="xs">
          <KeyedButton
            keys="c"
            text={t('action.confirm', { label })}
            icon={<Check size={16} aria-hidden />}
            onClick={() => onDecide(label)}
          />
          {suggestion !== null && (
            <KeyedButton
              keys="r"
              variant="filled"
              text={t('action.relabel', { label: suggestion })}
              icon={<Pencil size={16} aria-hidden />}
              onClick={() => onDecide(suggestion)}
            />
          )}
          {decision !== null && (
            <Button variant="subtle" leftSection={<Undo2 size={16} aria-hidden />} onClick={onUndo}>
              {t('action.undo')}
            </Button>
          )}
        </Group>
        {(audit.labels.length > 2 || suggestion === null) && (
          <Group gap={6}>
            {audit.labels.map((other, index) => (
              <KeyedButton
                key={other}
                small
                keys={index < MOST_KEYS ? String(index + 1) : null}
                text={t('action.choose', { label: other })}
                onClick={() => onDecide(other)}
              />
            ))}
          </Group>
        )}
        <EvidenceList project={project} audit={audit} evidence={evidence} />
      </Stack>
    </Paper>
  );
}

type KeyedProps = {
  keys: string | null;
  text: string;
  icon?: ReactNode;
  variant?: 'default' | 'filled';
  small?: boolean;
  onClick: () => void;
};

/** A button that says which key does the same. */
function KeyedButton({ keys, text, icon, variant = 'default', small = false, onClick }: KeyedProps) {
  return (
    <Button
      variant={variant}
      size={small ? 'compact-sm' : undefined}
      leftSection={icon}
      rightSection={keys !== null && <KeyboardHint keys={keys} />}
      onClick={onClick}
    >
      {keys !== null && <Hotkey keys={keys} label={text} run={onClick} />}
      {text}
    </Button>
  );
}

function Hotkey({ keys, label, run }: { keys: string; label: string; run: () => void }) {
  useHotkey(keys, label, run);
  return null;
}
