import type { PriceBasis, PriceOrigin } from '../domain/price-basis.ts';

/** By what calls were priced and who said so, in one line of plain text for each. */
export const priceBasisText = ({ price, origin, batch }: PriceBasis): string =>
  origin.type === 'this_machine'
    ? 'a model on this machine, whose calls cost nothing'
    : `$${price.input} in and $${price.output} out per million tokens, ${originText(origin)}${
        batch === undefined ? '' : `; ${batch.share * 100} % of it in batches, ${originText(batch.origin)}`
      }`;

function originText(origin: PriceOrigin): string {
  if (origin.type === 'this_machine') return 'this machine';
  const where = `${origin.source}, as of ${origin.asOf}`;
  if (origin.type === 'shipped') return `from the program's price table (${where})`;
  return `an own price that ${origin.author === '' ? 'somebody unnamed' : origin.author} set on ${origin.setAt.slice(0, 10)} (${where})`;
}
