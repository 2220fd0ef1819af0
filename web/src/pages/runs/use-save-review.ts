import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../api/client.ts';
import { useApiMutation } from '../../api/query.ts';
import { useAuthor } from '../../components/author-field.tsx';
import { useErrorText } from '../../components/error-text.ts';
import type { Verdict } from './verdict-field.tsx';
import type { Result } from './verdict-text.tsx';

export type ReviewText = { category: string; note: string; verdict: Verdict };

/** Saves what a person found in a result. Who saves has mostly gone on to the next one: a failure is said wherever they are, with what they wrote. */
export function useSaveReview() {
  const { t } = useTranslation('runs');
  const errorText = useErrorText();
  const [author] = useAuthor();
  const { mutateAsync, isPending } = useApiMutation('PUT /api/results/:id/review');
  const save = (
    { id, caseKey }: Pick<Result, 'id' | 'caseKey'>,
    { category, note, verdict }: ReviewText,
  ): Promise<boolean> =>
    mutateAsync({ params: { id }, body: { category, note, verdict, author } }).then(
      () => true,
      (error: unknown) => {
        notifications.show({
          color: 'red',
          autoClose: false,
          title: t('review.notSaved', { case: caseKey }),
          message: `${error instanceof ApiError ? errorText(error) : String(error)} ${t('review.written', { category, note })}`,
        });
        return false;
      },
    );
  return { save, isPending };
}
