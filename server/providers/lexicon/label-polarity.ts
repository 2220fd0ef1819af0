import { sentimentOf } from './sentiment.ts';

const labelsByPolarity: Readonly<Record<string, string>> = {
  1: `positive pos good great favorable favourable happy satisfied pleased recommend recommended like liked likes love praise compliment promoter
    up 👍 😀 😊 正面 正向 积极 好评 满意 推荐 喜欢 赞 赞扬 表扬 肯定 正 好`,
  '-1': `negative neg bad poor unfavorable unfavourable unhappy dissatisfied unsatisfied displeased disappointed dislike disliked dislikes hate
    complaint criticism detractor down 👎 😞 😡 负面 负向 消极 差评 不满意 不满 不推荐 不喜欢 踩 批评 投诉 否定 失望 负 差 坏`,
  0: 'neutral mixed ok okay average balanced unclear passive 中性 中立 中评 一般 混合',
};
const known: ReadonlyMap<string, number> = new Map(
  Object.entries(labelsByPolarity).flatMap(([polarity, labels]) =>
    labels.split(/\s+/).map((label): [string, number] => [label, Number(polarity)]),
  ),
);
const agreement = new Map([
  ['yes', 1],
  ['true', 1],
  ['是', 1],
  ['no', -1],
  ['false', -1],
  ['否', -1],
  ['不是', -1],
]);

/** Words that are labels of sentiment by themselves. */
export const sentimentLabels: readonly string[] = [...known.keys()];

/**
 * Which side of a sentiment a label stands for: 1, −1, or 0 between them; null where it is none ("billing"). Yes and no are read by the question that they
 * answer: yes to "Is the guest unhappy?" is negative.
 */
export function polarityOf(label: string, instructions: string): number | null {
  const plain = label.normalize('NFKC').toLowerCase().replace(/[_-]/g, ' ').trim();
  const agrees = agreement.get(plain);
  if (agrees !== undefined) return agrees * Math.sign(sentimentOf(instructions)) || null;
  const negated = /^(?:not|non|never|不|非) ?(.+)$/.exec(plain)?.[1];
  const own = known.get(plain) ?? known.get(plain.replace(/^(?:very|mostly|somewhat|strongly|rather|很|非常) ?/, ''));
  if (own !== undefined) return own;
  const opposite = negated === undefined ? undefined : known.get(negated);
  return opposite ? -opposite : null;
}
