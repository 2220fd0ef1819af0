import { formatPoints, formatPointsInterval, formatPValue } from '../../server/cli/format.ts';
import { standardModel } from '../../server/providers/local/catalogue.ts';
import type { RunComparison } from '../../server/services/evaluate/compare-runs.ts';
import type { Measured } from './measure.ts';

/** Which model the sample speaks for, in words: by the newest version's runs on dev, paired by case. */
export function verdictOn(sample: Measured | undefined): string {
  const onDev = sample?.models.filter(({ split }) => split === 'dev') ?? [];
  const newest = onDev.filter(({ chosen }) => !chosen);
  if (newest.length === 0) return `Only one model was measured, so nothing was compared: \`local/${standardModel}\`.`;
  return newest
    .map(({ comparison }) => {
      const best = onDev.find((one) => one.chosen && one.comparison.b.model === comparison.b.model)?.comparison;
      return [
        `On the dev cases of the sample, with the newest version of its prompt: ${outcome(comparison)}.`,
        best === undefined
          ? ''
          : `With the version that each does best with (${best.a.version} and ${best.b.version}; chosen on the same cases, which flatters both): ${outcome(best)}.`,
        choice(comparison),
      ]
        .filter((sentence) => sentence !== '')
        .join(' ');
    })
    .join('\n\n');
}

function outcome({ a, b, comparison }: RunComparison): string {
  const { verdict, fixed, broken, n, difference, interval, pValue } = comparison;
  const words =
    verdict === "can't tell"
      ? `can't tell whether \`${b.model}\` or \`${a.model}\` is better`
      : `\`${b.model}\` is ${verdict} than \`${a.model}\``;
  return `**${words}** (${fixed} fixed, ${broken} broken, ${formatPoints(difference)} [${formatPointsInterval(interval)}], n ${n}, ${formatPValue(pValue)})`;
}

const choice = ({ a, b, comparison: { verdict } }: RunComparison): string =>
  verdict === 'better'
    ? `So \`${b.model}\` should come first in the catalogue where its file is there.`
    : `So \`${a.model}\` stays the default: it is also the smaller one, and its licence asks for no terms to be accepted.`;
