import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';
import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import classes from './set-contents.module.css';
import type { CaseFilter } from './use-cases.ts';

export type SetDetail = Answer<'GET /api/projects/:project/sets/:set'>;
type Label = SetDetail['labels'][number];
type Props = { project: string; set: SetDetail; version: number | undefined };

const sides = ['dev', 'holdout'] as const;
/** Free answers have as many labels as cases: the most frequent ones say enough. */
const SHOWN = 12;

/** What a version of a set holds: its cases by label and side, and its tags; each number leads to its cases. */
export function SetContents({ project, set, version }: Props) {
  const { t } = useTranslation('sets');
  const labels = byFrequency(set.labels);
  const shown = labels.slice(0, SHOWN);
  const rest = labels.slice(SHOWN).flatMap(({ counts }) => counts);
  const link = (count: number, filter: CaseFilter | null) => (
    <Count project={project} set={set.slug} version={version} count={count} filter={filter} />
  );
  return (
    <Group align="stretch" gap="md">
      <Paper className={classes.panel} component="section" aria-labelledby="by-label">
        <Title order={2} id="by-label" mb="xs">
          {t('contents.title')}
        </Title>
        <div className={classes.scroll}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('contents.label')}</th>
                {sides.map((side) => (
                  <th key={side} scope="col">
                    {t(`common:split.${side}`)}
                  </th>
                ))}
                <th scope="col">{t('contents.all')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ label, counts }) => (
                <tr key={label ?? ''}>
                  <th scope="row">{label ?? <span className="dim">{t('contents.noLabel')}</span>}</th>
                  {sides.map((split) => (
                    <td key={split}>{link(sum(counts, split), label === null ? null : { label, split })}</td>
                  ))}
                  <td>{link(sum(counts), label === null ? null : { label })}</td>
                </tr>
              ))}
              {rest.length > 0 && (
                <tr>
                  <th scope="row" className="dim">
                    {t('contents.others', { count: labels.length - SHOWN })}
                  </th>
                  {sides.map((split) => (
                    <td key={split}>{formatNumber(sum(rest, split))}</td>
                  ))}
                  <td>{formatNumber(sum(rest))}</td>
                </tr>
              )}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('contents.all')}</th>
                {sides.map((split) => (
                  <td key={split}>{link(sum(set.labels, split), { split })}</td>
                ))}
                <td>{link(sum(set.labels), {})}</td>
              </tr>
            </tfoot>
          </table>
        </div>
        <Text size="xs" c="dimmed" mt="xs">
          {t('contents.sides')}
        </Text>
      </Paper>
      {set.tags.length > 0 && (
        <Paper className={classes.panel} component="section" aria-labelledby="by-tag">
          <Title order={2} id="by-tag" mb="xs">
            {t('contents.tags')}
          </Title>
          <Stack gap={2} className={classes.tags}>
            {set.tags.map(({ tag, count }) => (
              <span key={tag} className={classes.tag}>
                <span>{tag}</span>
                {link(count, { tag })}
              </span>
            ))}
          </Stack>
        </Paper>
      )}
    </Group>
  );
}

type CountProps = {
  project: string;
  set: string;
  version: number | undefined;
  count: number;
  filter: CaseFilter | null;
};

function Count({ project, set, version, count, filter }: CountProps) {
  if (filter === null || count === 0) return formatNumber(count);
  return (
    <AnchorLink
      to="/projects/$project/sets/$set"
      params={{ project, set }}
      search={{ version, ...filter }}
      resetScroll={false}
      inherit
    >
      {formatNumber(count)}
    </AnchorLink>
  );
}

const sum = (counts: readonly Label[], side?: Label['split']): number =>
  counts.filter(({ split }) => side === undefined || split === side).reduce((total, { count }) => total + count, 0);

function byFrequency(labels: readonly Label[]): { label: string | null; counts: Label[] }[] {
  return [...Map.groupBy(labels, ({ label }) => label)]
    .map(([label, counts]) => ({ label, counts }))
    .toSorted((a, b) => sum(b.counts) - sum(a.counts));
}
