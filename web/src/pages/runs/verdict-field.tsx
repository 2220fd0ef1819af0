import { Group, SegmentedControl, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useHotkey } from '../../components/hotkey.ts';
import type { Result } from './verdict-text.tsx';

export type Verdict = NonNullable<Result['review']>['verdict'];
type Props = { outcome: Result['outcome']; value: Verdict; onChange: (verdict: Verdict) => void };

/** What the reader holds of an answer: `p` passes it, `f` fails it, the same key again takes that back. */
export function VerdictField({ outcome, value, onChange }: Props) {
  const { t } = useTranslation('results');
  const toggle = (verdict: 'passed' | 'failed') => onChange(value === verdict ? null : verdict);
  useHotkey('p', t('verdict.pass'), () => toggle('passed'));
  useHotkey('f', t('verdict.fail'), () => toggle('failed'));
  const differs = value !== null && outcome !== 'error' && (value === 'passed') !== (outcome === 'passed');
  return (
    <Group gap="xs">
      <Text size="sm" fw={500} component="span">
        {t('verdict.title')}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('verdict.title')}
        value={value ?? 'none'}
        onChange={(chosen) => onChange(chosen === 'passed' || chosen === 'failed' ? chosen : null)}
        data={[
          { value: 'none', label: t('verdict.none') },
          { value: 'passed', label: t('verdict.passed') },
          { value: 'failed', label: t('verdict.failed') },
        ]}
      />
      {differs && (
        <Text size="xs" c="dimmed" component="span">
          {t('verdict.differs')}
        </Text>
      )}
    </Group>
  );
}
