import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../components/format.ts';
import { StatusBadge } from '../../components/status-badge.tsx';
import classes from './run-facts.module.css';
import type { LogEntry } from './use-live-run.ts';

/** What happened to a run, newest first. */
export function RunLog({ log }: { log: readonly LogEntry[] }) {
  const { t } = useTranslation('runs');
  return (
    <Paper component="details" className={classes.root}>
      <summary>{t('log.title', { count: log.length })}</summary>
      <ol className={classes.log}>
        {log.toReversed().map((entry) => (
          <li key={entry.number}>
            <time dateTime={entry.at} className="dim nowrap">
              {formatDateTime(entry.at)}
            </time>
            <span className={classes.text}>
              {entry.type === 'note' ? (
                entry.text
              ) : (
                <>
                  <StatusBadge status={entry.status} reason={entry.reason} /> {entry.reason}
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
