import { Group } from '@mantine/core';
import { Ban } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ToneBadge } from '../../components/badge.tsx';
import { DateTime, Money, ReplyTime, Tokens } from '../../components/figures.tsx';
import { formatNumber } from '../../components/format.ts';
import { OutcomeBadge } from '../../components/outcome-badge.tsx';
import { Facts } from './facts.tsx';
import classes from './result-panel.module.css';
import type { Detail } from './result-panel.tsx';
import { Section } from './section.tsx';

/** What each scorer said, and the answer that it read. */
export function Scores({ scores }: Pick<Detail, 'scores'>) {
  const { t } = useTranslation('runs');
  if (scores.length === 0) return null;
  return (
    <Section title={t('scorersLabel')}>
      <ul className={classes.list}>
        {scores.map(({ scorer, own, passed, value, answer, explanation, failure }) => (
          <li key={scorer} className={classes.score} data-passed={passed}>
            <Group gap="xs">
              <span className="mono">{scorer}</span>
              {failure === undefined ? (
                <OutcomeBadge outcome={passed ? 'passed' : value === null ? 'no_answer' : 'failed'} />
              ) : (
                <ToneBadge tone="error" icon={Ban} text={t('scorings:notJudged')} />
              )}
              {value !== null && value !== 0 && value !== 1 && (
                <span className="dim">{t('result.value', { value: formatNumber(value, 2) })}</span>
              )}
            </Group>
            {own !== undefined && (
              <p>
                <span className="dim">{t('result.ownScorer')}</span> <span className="mono">{own}</span>
              </p>
            )}
            {failure === undefined ? (
              <p>
                <span className="dim">{t('result.answerRead')}</span>{' '}
                {answer === null ? (
                  <span className="dim">{t('result.noAnswerRead')}</span>
                ) : (
                  <span className="mono">{answer}</span>
                )}
              </p>
            ) : (
              <p>{t('scorings:failureText', { reason: t(`scorings:failure.${failure}`) })}</p>
            )}
            {explanation !== '' && <p>{explanation}</p>}
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The tools that the model asked for, with the arguments as it wrote them. */
export function ToolCalls({ toolCalls = [] }: Pick<Detail, 'toolCalls'>) {
  const { t } = useTranslation('runs');
  if (toolCalls.length === 0) return null;
  return (
    <Section title={t('result.toolCalls')}>
      <ol className={classes.list}>
        {toolCalls.map((call, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same call may come twice
          <li key={index}>
            <div className="mono">{call.name}</div>
            <div className={classes.box}>
              {typeof call.arguments === 'string' ? call.arguments : JSON.stringify(call.arguments, null, 2)}
            </div>
          </li>
        ))}
      </ol>
    </Section>
  );
}

/** How sure the model was of the label that it gave, by its own account. */
export function Confidence({ confidence }: Pick<Detail, 'confidence'>) {
  const { t } = useTranslation('runs');
  if (confidence === null) return null;
  return (
    <Section title={t('result.confidence')}>
      <p className={classes.confidence}>
        {t('result.confidenceValue', { share: confidence })}
        <span className="dim">{t('result.confidenceWhy')}</span>
      </p>
    </Section>
  );
}

/** The messages as they were sent. */
export function Messages({ messages }: Pick<Detail, 'messages'>) {
  const { t } = useTranslation('runs');
  if (messages.length === 0) return null;
  return (
    <details className={classes.fold} open>
      <summary>{t('result.messages', { count: messages.length })}</summary>
      <ol className={classes.list}>
        {messages.map(({ role, content }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: messages have no other name than their place
          <li key={index}>
            <div className={classes.role}>{role}</div>
            <div className={classes.box}>{content}</div>
          </li>
        ))}
      </ol>
    </details>
  );
}

/** What the answer took. */
export function ResultFacts({ detail }: { detail: Detail }) {
  const { t } = useTranslation('runs');
  const { inputTokens, outputTokens, costUsd, latencyMs, calls, fromCache, finishReason, notes } = detail;
  const facts = [
    { name: t('tokens'), value: <Tokens input={inputTokens} output={outputTokens} /> },
    { name: t('cost'), value: <Money usd={costUsd} /> },
    { name: t('result.latency'), value: fromCache ? t('result.fromCache') : <ReplyTime ms={latencyMs} /> },
    { name: t('result.calls'), value: formatNumber(calls) },
    { name: t('result.finishReason'), value: <span className="mono">{finishReason ?? '–'}</span> },
    ...notes.map((note) => ({ name: t('note'), value: note })),
  ];
  return (
    <details className={classes.fold}>
      <summary>{t('result.facts')}</summary>
      <Facts facts={facts} />
    </details>
  );
}

/** Every attempt at it; only the last one counts. */
export function Attempts({ detail: { attempts } }: { detail: Detail }) {
  const { t } = useTranslation('runs');
  if (attempts.length < 2) return null;
  return (
    <details className={classes.fold}>
      <summary>{t('result.attempts', { count: attempts.length })}</summary>
      <ol className={classes.list}>
        {attempts.map(({ id, attempt, createdAt, output, error, latencyMs }) => (
          <li key={id}>
            <div className={classes.role}>
              {t('result.attempt', { attempt })} · <DateTime at={createdAt} /> · <ReplyTime ms={latencyMs} />
            </div>
            <div className={classes.box}>{error ?? output}</div>
          </li>
        ))}
      </ol>
    </details>
  );
}
