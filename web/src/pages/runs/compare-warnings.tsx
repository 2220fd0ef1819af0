import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Compared } from './compare-reading.ts';
import { Hint } from './hint.tsx';

/** Why the two can't be taken for like with like. */
export function CompareWarnings({ compared }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const { a, b, comparison } = compared;
  // The verdict says it in more detail.
  const warnings = compared.warnings.filter(({ code }) => code !== 'format_gain');
  if (warnings.length === 0) return null;
  const values = {
    setA: a.set,
    setB: b.set,
    versionA: a.setVersion,
    versionB: b.setVersion,
    scorersA: a.scorers.join(', '),
    scorersB: b.scorers.join(', '),
    repeatsA: a.settings.repeats,
    repeatsB: b.settings.repeats,
    open: [a, b]
      .filter(({ done, total }) => done < total)
      .map(({ id }) => `#${id}`)
      .join(', '),
    count: comparison.excluded,
  };
  return (
    <Hint icon={TriangleAlert}>
      <strong>{t('compare.warnings')}</strong>
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {warnings.map(({ code, message }) => (
          <li key={code}>{t(`compare.warning.${code}`, { ...values, defaultValue: message })}</li>
        ))}
      </ul>
    </Hint>
  );
}
