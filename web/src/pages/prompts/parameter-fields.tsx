import { NumberInput, SimpleGrid, TagsInput } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PromptContent } from './prompt-version.ts';

type Parameters = PromptContent['parameters'];
type Props = { parameters: Parameters; onChange: (parameters: Parameters) => void };

const MAX_STOPS = 4;
/** An emptied field leaves the parameter to the model. */
const numberOf = (value: number | string): number | undefined => (typeof value === 'number' ? value : undefined);

/** Parameters of a call; what is left empty is left to the model. */
export const ParameterFields = memo(function ParameterFields({ parameters, onChange }: Props) {
  const { t } = useTranslation('prompts');
  const field = (name: 'temperature' | 'topP' | 'maxTokens' | 'seed') => ({
    label: t(`parameter.${name}`),
    placeholder: t('parameter.byModel'),
    value: parameters[name] ?? '',
    onChange: (value: number | string) => onChange({ ...parameters, [name]: numberOf(value) }),
  });
  return (
    <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
      <NumberInput {...field('temperature')} min={0} max={2} step={0.1} decimalScale={2} />
      <NumberInput {...field('topP')} min={0} max={1} step={0.05} decimalScale={3} />
      <NumberInput {...field('maxTokens')} min={1} step={50} allowDecimal={false} />
      <NumberInput {...field('seed')} allowDecimal={false} hideControls />
      <TagsInput
        style={{ gridColumn: '1 / -1' }}
        label={t('parameter.stop')}
        description={t('parameter.stopHelp')}
        maxTags={MAX_STOPS}
        value={[...(parameters.stop ?? [])]}
        onChange={(stop) => onChange({ ...parameters, stop: stop.length === 0 ? undefined : stop })}
      />
    </SimpleGrid>
  );
});
