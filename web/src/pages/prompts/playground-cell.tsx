import { Loader, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../components/error-text.ts';
import { Duration, Money, Tokens } from '../../components/figures.tsx';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import classes from './playground.module.css';
import type { Cell } from './use-cells.ts';

/** An answer as it comes, with how it was judged and what it took. */
export function PlaygroundCell({ cell }: { cell: Cell | undefined }) {
  const { t } = useTranslation('prompts');
  const errorText = useErrorText();
  if (cell === undefined) return <span className="dim">–</span>;
  const { state, text, done, judged, error } = cell;
  return (
    <div aria-busy={state === 'running'}>
      {state === 'waiting' && <span className="dim">{t('playground.waiting')}</span>}
      {state === 'running' && <Loader size={14} aria-label={t('try.running')} />}
      {state === 'stopped' && <Text size="xs">{t('try.stopped')}</Text>}
      {judged !== null && (
        <span title={judged.scores.map(({ scorer, explanation }) => `${scorer}: ${explanation}`).join('\n')}>
          <OutcomeBadge outcome={judged.outcome} />
        </span>
      )}
      {text !== '' && <div className={`verbatim ${classes.text}`}>{text}</div>}
      {state === 'done' && text === '' && <span className="dim">{t('try.nothing')}</span>}
      {error !== null && (
        <>
          <OutcomeBadge outcome="error" />
          <Text size="xs" role="alert">
            {errorText(error)}
          </Text>
        </>
      )}
      {done !== null && (
        <div className={classes.figures}>
          <Tokens input={done.inputTokens} output={done.outputTokens} />
          <Money usd={done.costUsd} />
          <Duration ms={done.latencyMs} />
        </div>
      )}
    </div>
  );
}
