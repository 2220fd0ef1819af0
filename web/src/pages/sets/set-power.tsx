import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../api/query.ts';
import { AnchorLink } from '../../components/link.tsx';
import { QueryState } from '../../components/query-state.tsx';

/** How large a difference the newest version of a set can show, and how many cases would show five points. */
export function SetPower({ project, set }: { project: string; set: string }) {
  const { t } = useTranslation('setPower');
  const query = useApi('GET /api/projects/:project/sets/:set/power', { params: { project, set } });
  return (
    <Paper component="section" aria-labelledby="set-power">
      <Title order={2} id="set-power" mb="xs">
        {t('title')}
      </Title>
      <QueryState query={query} height={40}>
        {({ sides, wanted, exactNeeded: needed, flipShare: share, observed }) => (
          <>
            <Text size="sm">
              {sides.map(({ split, cases, exactDetectable: detectable }) => (
                <span key={split}>
                  {detectable === null
                    ? t(`none.${split}`, { cases })
                    : t(`some.${split}`, { cases, points: detectable * 100 })}{' '}
                </span>
              ))}
              <strong>
                {needed === null
                  ? t('tooFewFlips', { points: wanted * 100 })
                  : t('needed', { points: wanted * 100, count: needed })}
              </strong>
            </Text>
            <Text size="xs" c="dimmed" mt={4}>
              {observed === null ? (
                t('assumed', { share })
              ) : (
                <>
                  {t('observed', { ...observed, share })}{' '}
                  <AnchorLink
                    to="/projects/$project/compare"
                    params={{ project }}
                    search={{ runs: `${observed.a},${observed.b}` }}
                    underline="always"
                    size="xs"
                  >
                    {t('compare')}
                  </AnchorLink>
                </>
              )}
            </Text>
          </>
        )}
      </QueryState>
    </Paper>
  );
}
