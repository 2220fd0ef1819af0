import { Stack, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import type { ApiError } from '../../api/client.ts';
import { QueryState } from '../../components/query-state.tsx';
import { Transcript } from '../../components/transcript.tsx';
import classes from './judge-review.module.css';

type Item = Answer<'GET /api/runs/:run/judges/:judge/items/:result'>;

/** What was asked, what came back and what was expected, all as text. */
export function JudgeItemView({ query }: { query: UseQueryResult<Item, ApiError> }) {
  const { t } = useTranslation('judges');
  return (
    <QueryState query={query}>
      {({ caseKey, messages, output, expected }) => (
        <Stack gap="sm">
          <span className="dim">
            {t('case')} <span className="mono">{caseKey}</span>
          </span>
          <Title order={3} size="sm">
            {t('question')}
          </Title>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section className={`${classes.box} ${classes.question}`} tabIndex={0} aria-label={t('question')}>
            <Transcript turns={messages} />
          </section>
          <Title order={3} size="sm">
            {t('output')}
          </Title>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section className={`verbatim ${classes.box}`} tabIndex={0} aria-label={t('output')}>
            {output}
          </section>
          {expected !== null && expected !== '' && (
            <>
              <Title order={3} size="sm">
                {t('expected')}
              </Title>
              <div className="verbatim">
                {typeof expected === 'string' ? expected : JSON.stringify(expected, null, 2)}
              </div>
            </>
          )}
        </Stack>
      )}
    </QueryState>
  );
}
