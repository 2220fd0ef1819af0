import { Text } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../server/http/contract/index.ts';

export type Likeness = Answer<'POST /api/projects/:project/alike'>['alike'][number];

/** Says what a case is nearly the same as. */
export function LikenessNote({ like }: { like: Likeness }) {
  const { t } = useTranslation('start');
  if (like === null) return null;
  return (
    <Text size="sm" component="span">
      <Copy size={13} aria-hidden style={{ verticalAlign: '-2px' }} /> {t(`like.${like.kind}`)} <q>{like.text}</q>
    </Text>
  );
}
