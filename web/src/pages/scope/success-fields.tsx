import { NumberInput, type NumberInputProps, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { HoldoutNote } from './holdout-note.tsx';
import { MinimumFields } from './minimum-fields.tsx';
import { scaled } from './scaled.ts';
import type { ScopeDraft, ScopeProblem } from './scope-draft.ts';
import { useHoldoutSizes } from './use-holdout-sizes.ts';

type Props = {
  project: string;
  draft: ScopeDraft;
  problem: ScopeProblem | null;
  set: (part: Partial<ScopeDraft>) => void;
};

/** What a release is held to, with what the project's holdout cases could show of it. */
export function SuccessFields({ project, draft, problem, set }: Props) {
  const { t } = useTranslation('scope');
  const sets = useHoldoutSizes(project);
  const number = (value: string | number, factor: number) => (value === '' ? null : scaled(Number(value), factor));
  // The sentences differ in length: below the fields they don't push them out of line.
  const shared: NumberInputProps = { min: 0, inputWrapperOrder: ['label', 'input', 'description', 'error'] };
  return (
    <>
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <div>
          <NumberInput
            {...shared}
            label={t('field.targetPassRate')}
            description={t('help.targetPassRate')}
            suffix="%"
            max={100}
            decimalScale={1}
            value={draft.targetPassRate === null ? '' : scaled(draft.targetPassRate, 100)}
            onChange={(value) => set({ targetPassRate: number(value, 0.01) })}
          />
          {sets !== undefined && <HoldoutNote sizes={sets} target={draft.targetPassRate} />}
        </div>
        <NumberInput
          {...shared}
          label={t('field.maxCostUsdPer1000Calls')}
          description={t('help.maxCostUsdPer1000Calls')}
          prefix="$"
          decimalScale={4}
          value={draft.maxCostUsdPer1000Calls ?? ''}
          onChange={(value) => set({ maxCostUsdPer1000Calls: number(value, 1) })}
        />
        <NumberInput
          {...shared}
          label={t('field.maxLatencyP95Ms')}
          description={t('help.maxLatencyP95Ms')}
          suffix=" s"
          min={0.001}
          decimalScale={3}
          value={draft.maxLatencyP95Ms === null ? '' : scaled(draft.maxLatencyP95Ms, 0.001)}
          onChange={(value) => set({ maxLatencyP95Ms: number(value, 1000) })}
        />
      </SimpleGrid>
      <MinimumFields
        minimums={draft.minimumsByTag}
        sets={sets}
        problem={problem === null ? null : t(`problem.${problem}`)}
        onChange={(minimumsByTag) => set({ minimumsByTag })}
      />
    </>
  );
}
