import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from './format.ts';

type Props = Omit<NumberInputProps, 'min' | 'max' | 'allowNegative' | 'clampBehavior' | 'value'> & {
  min: number;
  max?: number;
  value: string | number;
};

/** A number within bounds. What is typed beyond them stays as it was typed, says which bound it breaks, and keeps its form from being sent. */
export function NumberField({ min, max = Number.POSITIVE_INFINITY, value, error, ...rest }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const number = value === '' ? min : Number(value);
  const broken =
    number > max
      ? t('common:number.most', { max: formatNumber(max) })
      : number >= min
        ? null
        : t('common:number.least', { min: formatNumber(min) });
  useEffect(() => input.current?.setCustomValidity(broken ?? ''), [broken]);
  return (
    <NumberInput
      {...rest}
      ref={input}
      value={value}
      min={min}
      max={Number.isFinite(max) ? max : undefined}
      clampBehavior="none"
      error={broken ?? error}
    />
  );
}
