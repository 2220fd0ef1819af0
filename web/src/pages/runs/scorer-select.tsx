import {
  type ComboboxItem,
  type ComboboxParsedItem,
  isOptionsGroup,
  type OptionsFilter,
  Select,
  Text,
} from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Scorer, useScorerTexts } from './scorer-texts.ts';

type Props = { known: readonly Scorer[]; value: string; onChange: (name: string) => void };

/** A scorer, found by a word of its name or of what it does; they stand in groups. */
export function ScorerSelect({ known, value, onChange }: Props) {
  const { t } = useTranslation('runs');
  const { about } = useScorerTexts();
  const groups = useMemo(
    () =>
      [...Map.groupBy(known, ({ group }) => group)].map(([group, scorers]) => ({
        group: t(`scorers.group.${group}`),
        items: scorers.map(({ name }) => name),
      })),
    [known, t],
  );
  const aboutOf = (name: string) => about(known.find((scorer) => scorer.name === name));
  const filter: OptionsFilter = ({ options, search }) => {
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    // What is chosen already stands in the field, and is no search.
    if (search.trim() === value) return options;
    const fits = ({ value: name }: ComboboxItem) => {
      const text = `${name} ${aboutOf(String(name))}`.toLowerCase();
      return words.every((word) => text.includes(word));
    };
    return options.flatMap((option): ComboboxParsedItem<string>[] => {
      if (!isOptionsGroup(option)) return fits(option) ? [option] : [];
      const items = option.items.filter(fits);
      return items.length === 0 ? [] : [{ ...option, items }];
    });
  };
  return (
    <Select
      label={t('scorers.scorer')}
      data={groups}
      value={value}
      onChange={(name) => name !== null && onChange(name)}
      allowDeselect={false}
      searchable
      selectFirstOptionOnChange
      filter={filter}
      nothingFoundMessage={t('scorers.none')}
      maxDropdownHeight={420}
      comboboxProps={{ width: 380, position: 'bottom-start' }}
      renderOption={({ option }) => (
        <div>
          <div className="mono">{option.value}</div>
          <Text size="xs" c="dimmed">
            {aboutOf(String(option.value))}
          </Text>
        </div>
      )}
      w={190}
    />
  );
}
