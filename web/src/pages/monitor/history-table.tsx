import { Paper, Table, Title } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { title: string; heads: readonly string[]; minWidth: number; children: ReactNode };

/** What happened, newest first: a row each, under what its columns say. */
export const HistoryTable = ({ title, heads, minWidth, children }: Props) => (
  <Paper component="section" aria-labelledby="history">
    <Title order={2} id="history" mb="xs">
      {title}
    </Title>
    <Table.ScrollContainer minWidth={minWidth}>
      <Table aria-labelledby="history" verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  </Paper>
);
