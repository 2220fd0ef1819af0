import { Paper, Progress, Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../../components/format.ts';
import { AnchorLink } from '../../components/link.tsx';
import type { Result } from '../runs/verdict-text.tsx';

/** How many failures have each category; each count is the way to them. */
export function CategoryCounts({ failures }: { failures: readonly Result[] }) {
  const { t } = useTranslation('improve');
  const counts = new Map<string, number>();
  for (const { review } of failures) {
    const category = review?.category ?? '';
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  const rows = [...counts].sort((a, b) => b[1] - a[1]);
  return (
    <Paper component="section" aria-labelledby="categories">
      <Title order={2} id="categories" mb="xs">
        {t('categories')}
      </Title>
      <Table aria-labelledby="categories">
        <Table.Tbody>
          {rows.map(([category, count]) => (
            <Table.Tr key={category}>
              <Table.Th scope="row" w="40%">
                <AnchorLink
                  from="/projects/$project/improve"
                  to="."
                  search={({ run }) => ({ run, ...(category === '' ? { sorted: 'no' as const } : { category }) })}
                >
                  {category === '' ? t('unsorted') : category}
                </AnchorLink>
              </Table.Th>
              <Table.Td w={70} ta="right">
                {formatNumber(count)}
              </Table.Td>
              <Table.Td>
                <Progress
                  value={(count / failures.length) * 100}
                  aria-label={category === '' ? t('unsorted') : category}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <AnchorLink from="/projects/$project/improve" to="." search={({ run }) => ({ run })} size="sm">
        {t('all')}
      </AnchorLink>
    </Paper>
  );
}
