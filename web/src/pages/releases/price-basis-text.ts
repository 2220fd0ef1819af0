import { useTranslation } from 'react-i18next';
import { formatMoney, formatPercent } from '../../components/format.ts';
import type { RunEvidence } from './release.ts';

type PriceBasis = NonNullable<RunEvidence['pricedBy']>[number];

/** By what calls were priced, and who said so. */
export function usePriceBasisText(): (basis: PriceBasis) => string {
  const { t } = useTranslation('releases');
  const said = (origin: PriceBasis['origin']) => {
    if (origin.type === 'this_machine') return t('priceOrigin.this_machine');
    if (origin.type === 'shipped') return t('priceOrigin.shipped', origin);
    const author = origin.author === '' ? t('priceOrigin.nobodyNamed') : origin.author;
    return t('priceOrigin.own', { ...origin, author, setOn: origin.setAt.slice(0, 10) });
  };
  return ({ price, origin, batch }) => {
    if (origin.type === 'this_machine') return said(origin);
    const perMillion = t('common:model.price', {
      input: formatMoney(price.input),
      output: formatMoney(price.output),
    });
    const inBatches =
      batch === undefined
        ? []
        : [t('priceOrigin.batch', { share: formatPercent(batch.share), said: said(batch.origin) })];
    return [perMillion, said(origin), ...inBatches].join(' · ');
  };
}
