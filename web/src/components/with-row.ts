/** The list with a further row. */
export const withRow = <Row extends { id: number }>(rows: readonly Row[], row: Omit<Row, 'id'>) => [
  ...rows,
  { id: 1 + Math.max(-1, ...rows.map(({ id }) => id)), ...row },
];
