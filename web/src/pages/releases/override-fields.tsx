import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Criterion, gateKey } from './release.ts';

type Given = { name: Criterion['name']; tag?: string; reason: string };
type Overrides = { reasons: Readonly<Record<string, string>>; onReason: (gate: string, reason: string) => void };

/** The reasons written for gates that are not met; where another gate is unmet, its reason is asked anew. */
export function useOverrides(unmet: readonly Criterion[]): Overrides & { given: Given[] } {
  const [reasons, setReasons] = useState<Readonly<Record<string, string>>>({});
  const given = unmet.map(({ name, tag }): Given => {
    const reason = (reasons[gateKey({ name, tag })] ?? '').trim();
    return tag === undefined ? { name, reason } : { name, tag, reason };
  });
  return { reasons, given, onReason: (gate, reason) => setReasons((before) => ({ ...before, [gate]: reason })) };
}

/** Asks for each gate that is not met why it does not stand in the way. */
export function OverrideFields({ unmet, reasons, onReason }: Overrides & { unmet: readonly Criterion[] }) {
  const { t } = useTranslation('releases');
  return unmet.map((criterion) => {
    const key = gateKey(criterion);
    const gate = t('criterionIs', {
      name: t(`criterion.${criterion.name}.name`, { tag: criterion.tag }),
      state: t(
        `although.${criterion.state === 'missed' || criterion.state === 'not_provable' ? criterion.state : 'no_evidence'}`,
      ),
    });
    return (
      <Textarea
        key={key}
        label={t('override.label', { gate })}
        description={t('override.help')}
        autosize
        minRows={1}
        maxLength={5000}
        required
        value={reasons[key] ?? ''}
        onChange={(event) => onReason(key, event.currentTarget.value)}
      />
    );
  });
}
