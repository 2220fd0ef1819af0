import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../../api/query.ts';
import { formatNumber, formatPoints } from '../../../components/format.ts';
import { AnchorLink } from '../../../components/link.tsx';
import { QueryState } from '../../../components/query-state.tsx';
import { RateWithInterval } from '../../../components/rate-with-interval.tsx';
import { StandInBadge } from '../../../components/stand-in-badge.tsx';
import tables from '../set-contents.module.css';
import classes from './audit.module.css';
import { choicesOf, type Decisions } from './use-decisions.ts';

type Props = { project: string; set: string; decisions: Decisions };

/** What the labels of today, and those that are about to be given, make of the pass rates of past runs. */
export function LabelEffect({ project, set, decisions }: Props) {
  const { t } = useTranslation('audit');
  const given = { params: { project, set }, body: { decisions: choicesOf(decisions) } };
  const query = useApi('POST /api/projects/:project/sets/:set/audit/effect', given, { keepPrevious: true });
  return (
    <Paper component="section" aria-labelledby="label-effect">
      <Title order={2} id="label-effect">
        {t('effect.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('effect.help')}
      </Text>
      <QueryState query={query} height={80}>
        {({ runs }) => {
          const changed = runs.filter(({ relabelled }) => relabelled > 0);
          if (changed.length === 0) {
            return (
              <Text size="sm" c="dimmed">
                {t('effect.none')}
              </Text>
            );
          }
          return (
            <div className={classes.box}>
              <table className={tables.table}>
                <thead>
                  <tr>
                    <th scope="col">{t('effect.run')}</th>
                    <th scope="col">{t('effect.relabelled')}</th>
                    <th scope="col">{t('effect.before')}</th>
                    <th scope="col">{t('effect.after')}</th>
                    <th scope="col">{t('effect.change')}</th>
                  </tr>
                </thead>
                <tbody>
                  {changed.map(({ run, prompt, version, model, standIn, split, n, before, after, relabelled }) => (
                    <tr key={run}>
                      <th scope="row">
                        <AnchorLink to="/projects/$project/runs/$run" params={{ project, run: String(run) }} inherit>
                          {t('sources.run', { run, prompt, version, model })}
                        </AnchorLink>{' '}
                        <span className="dim">{t(`common:split.${split}`)}</span> {standIn && <StandInBadge />}
                      </th>
                      <td>{formatNumber(relabelled)}</td>
                      <td>
                        <RateWithInterval {...before} n={n} />
                      </td>
                      <td>
                        <RateWithInterval {...after} n={n} />
                      </td>
                      <td>{formatPoints(after.passRate - before.passRate)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          );
        }}
      </QueryState>
    </Paper>
  );
}
