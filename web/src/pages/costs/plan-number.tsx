import type { NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { NumberField } from '../../components/number-field.tsx';

type Props = Pick<NumberInputProps, 'label' | 'description' | 'placeholder' | 'suffix' | 'allowDecimal'> & {
  max?: number;
  value: number | undefined;
  /** Where nothing is typed, `undefined` is told; without it the last number stays. */
  optional?: boolean;
  onChange: (value: number | undefined) => void;
};

/** A number of the plan: while it is typed it may be empty, and what stands there counts at once where it lies within the bounds. */
export function PlanNumber({ value, max = Number.POSITIVE_INFINITY, optional = false, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState<string | number | null>(null);
  return (
    <NumberField
      {...rest}
      max={max}
      value={typed ?? value ?? ''}
      min={0}
      thousandSeparator=","
      hideControls
      onChange={(next) => {
        setTyped(next);
        if (next === '') {
          if (optional) onChange(undefined);
        } else if (Number(next) >= 0 && Number(next) <= max) onChange(Number(next));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
