import { NativeSelect, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './import-preview.module.css';
import type { FieldRole, Preview } from './use-import.ts';

const roles: readonly FieldRole[] = [
  'variable',
  'variable_group',
  'expected',
  'tags',
  'id',
  'group',
  'scorers',
  'fields',
  'ignore',
];

/** The first rows of a file, and over each field what it becomes in a case. */
export function ImportMapping({
  preview: { fields, first, rows },
  onRole,
}: {
  preview: Preview;
  onRole: (field: string, role: FieldRole) => void;
}) {
  const { t } = useTranslation('setImport');
  return (
    <section aria-labelledby="import-fields">
      <Title order={2} size="h5" id="import-fields" mb={4}>
        {t('fields')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('fieldsHelp')}
      </Text>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={classes.scroll} aria-label={t('firstRows', { count: first.length, rows })} tabIndex={0}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">{t('line')}</th>
              {fields.map(({ name, role, isObject }) => (
                <th key={name} scope="col">
                  <span className={classes.name}>{name}</span>
                  <NativeSelect
                    size="xs"
                    aria-label={t('roleOf', { name })}
                    data={roles
                      .filter((value) => value !== 'fields' || isObject)
                      .map((value) => ({ value, label: t(`roles.${value}`) }))}
                    value={role}
                    onChange={({ currentTarget: { value } }) =>
                      onRole(name, roles.find((known) => known === value) ?? role)
                    }
                  />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {first.map(({ line, values }) => (
              <tr key={line}>
                <td className="dim">{line}</td>
                {fields.map(({ name, role }, index) => (
                  <td key={name} data-ignored={role === 'ignore'}>
                    <div className={classes.cell}>{values[index]}</div>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}
