import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';

export type Scorer = Answer<'GET /api/scorers'>['scorers'][number];

/** What a scorer does and what its argument is, in the reader's language where that is written, else in the scorer's own words. */
export function useScorerTexts() {
  const { t } = useTranslation('runs');
  return {
    about: (scorer: Scorer | undefined): string =>
      scorer === undefined ? '' : t(`scorers.about.${scorer.name}`, { defaultValue: scorer.description }),
    argument: ({ name }: Scorer): string => t(`scorers.argumentOf.${name}`, { defaultValue: '' }),
  };
}
