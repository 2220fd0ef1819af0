import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

type Props = Pick<NumberInputProps, 'label' | 'description' | 'placeholder' | 'max' | 'suffix' | 'allowDecimal'> & {
  value: number | undefined;
  /** Where nothing is typed, `undefined` is told; without it the last number stays. */
  optional?: boolean;
  onChange: (value: number | undefined) => void;
};

/** A number of the plan: while it is typed it may be empty, and what stands there counts at once. */
export function PlanNumber({ value, optional = false, onChange, ...rest }: Props) {
  const [typed, setTyped] = useState<string | number | null>(null);
  return (
    <NumberInput
      {...rest}
      value={typed ?? value ?? ''}
      min={0}
      allowNegative={false}
      clampBehavior="strict"
      thousandSeparator=","
      hideControls
      onChange={(next) => {
        setTyped(next);
        if (next === '') {
          if (optional) onChange(undefined);
        } else if (Number.isFinite(Number(next))) onChange(Number(next));
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
