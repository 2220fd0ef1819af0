import { Group, NumberInput } from '@mantine/core';
import { useLocalStorage } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';

/** What a person's work takes; nothing here measures it, so that it is shown and can be changed. */
export type LabelAssumptions = { secondsPerLabel: number; minutesPerVersion: number; usdPerHour: number };
type Props = { assumptions: LabelAssumptions; onChange: (assumptions: LabelAssumptions) => void };

const usual: LabelAssumptions = { secondsPerLabel: 15, minutesPerVersion: 20, usdPerHour: 30 };

/** The assumptions, remembered in this browser. */
export function useLabelAssumptions(): [LabelAssumptions, (assumptions: LabelAssumptions) => void] {
  const [kept, keep] = useLocalStorage<Partial<LabelAssumptions>>({
    key: 'whetstone.labelAssumptions',
    defaultValue: usual,
    getInitialValueInEffect: false,
  });
  return [{ ...usual, ...kept }, keep];
}

export function LabelAssumptionFields({ assumptions, onChange }: Props) {
  const { t } = useTranslation('projects');
  const field = (name: keyof LabelAssumptions) => (
    <NumberInput
      label={t(`baseline.assumption.${name}`)}
      size="xs"
      w={190}
      min={0}
      max={100_000}
      value={assumptions[name]}
      onChange={(value) => typeof value === 'number' && onChange({ ...assumptions, [name]: value })}
    />
  );
  return (
    <fieldset aria-label={t('baseline.assumptions')} style={{ border: 0, margin: 0, padding: 0 }}>
      <Group gap="xs" align="end">
        {field('secondsPerLabel')}
        {field('minutesPerVersion')}
        {field('usdPerHour')}
      </Group>
    </fieldset>
  );
}
