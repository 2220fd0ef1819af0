import { useTranslation } from 'react-i18next';
import { limitsOf, partsOf, type Schema, typeOf } from './openapi.ts';
import classes from './schema-tree.module.css';

/** What a schema holds, a line a property; those that hold more can be opened. */
export function SchemaTree({ schema }: { schema: Schema }) {
  const parts = partsOf(schema);
  if (parts.length === 0) return <span className="mono">{typeOf(schema)}</span>;
  return (
    <ul className={classes.list}>
      {parts.map((part) => (
        <SchemaField key={part.name} {...part} />
      ))}
    </ul>
  );
}

type Props = { name: string; schema: Schema; required: boolean; note?: string };

/** One property or parameter. */
export function SchemaField({ name, schema, required, note }: Props) {
  const { t } = useTranslation('apiReference');
  const parts = partsOf(schema);
  const remarks = [
    note,
    required ? undefined : t('optional'),
    schema.default === undefined ? undefined : t('default', { value: JSON.stringify(schema.default) }),
    ...limitsOf(schema),
  ].filter((remark) => remark !== undefined);
  const line = (
    <>
      <strong className="mono">{name}</strong> <span className={classes.type}>{typeOf(schema)}</span>{' '}
      <span className={classes.remarks}>{remarks.join(' · ')}</span>
    </>
  );
  return (
    <li>
      {parts.length === 0 ? (
        line
      ) : (
        <details>
          <summary>{line}</summary>
          <SchemaTree schema={schema} />
        </details>
      )}
      {schema.description !== undefined && <div className={classes.remarks}>{schema.description}</div>}
    </li>
  );
}
