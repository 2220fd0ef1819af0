import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Compared, letterOf } from './compare-reading.ts';
import { Hint } from './hint.tsx';

/** Why the runs can't be taken for like with like, each against the baseline. */
export function CompareWarnings({ compared: { runs, pairs } }: { compared: Compared }) {
  const { t } = useTranslation('runs');
  const [a] = runs;
  const warnings = pairs.flatMap((pair, index) => {
    const b = runs[index + 1];
    if (a === undefined || b === undefined) return [];
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
      count: pair.excluded,
    };
    return pair.warnings.map(({ code, message }) => ({
      key: `${b.id} ${code}`,
      letter: letterOf(index + 1),
      text: t(`compare.warning.${code}`, { ...values, defaultValue: message }),
    }));
  });
  if (warnings.length === 0) return null;
  return (
    <Hint icon={TriangleAlert}>
      <strong>{t('compare.warnings')}</strong>
      <ul style={{ margin: 0, paddingLeft: 18 }}>
        {warnings.map(({ key, letter, text }) => (
          <li key={key}>
            {pairs.length > 1 && <strong>{letter} </strong>}
            {text}
          </li>
        ))}
      </ul>
    </Hint>
  );
}
