import type { JsonObject } from '../../domain/json.ts';
import type { ResponseFormat } from '../../domain/prompt.ts';

/**
 * How an answer is to look. `label`: the label and nothing else. `loose`: labels are named, but nothing says that the answer is one of them alone.
 * `opinion`: no labels at all.
 */
export type AnswerFormat =
  | { type: 'label' }
  | { type: 'loose' }
  | { type: 'opinion' }
  | { type: 'json'; schema: JsonObject };

const onlyLabel =
  /\b(?:only|just|nothing else|no other (?:text|words?)|(?:one|single|1)[- ]word|exactly one|exactly as|no explanations?|without (?:any )?explanation|no punctuation)\b|(?:只|仅)(?:需|要|能|用)?(?:回答|回复|输出|返回|给出|写|说)|(?:一|1)个词|不要(?:解释|其他|任何|多余)|无需解释|不加/i;

export function answerFormatOf(
  format: ResponseFormat,
  about: { instructions: string; labels: readonly string[]; isShown: boolean },
): AnswerFormat {
  if (format.type === 'labels') return { type: 'label' };
  if (format.type === 'json' && format.schema.properties !== undefined) return { type: 'json', schema: format.schema };
  if (format.type === 'json' || /\bJSON\b/i.test(about.instructions)) return { type: 'json', schema: schemaIn(about) };
  if (about.labels.length === 0) return { type: 'opinion' };
  return { type: onlyLabel.test(about.instructions) || about.isShown ? 'label' : 'loose' };
}

/** The schema of a JSON that is only described: `{"sentiment": …}`. */
function schemaIn({ instructions, labels }: { instructions: string; labels: readonly string[] }): JsonObject {
  const key = /"([\w-]{1,40})"\s*:/.exec(instructions)?.[1] ?? 'label';
  return { type: 'object', properties: { [key]: { enum: labels } }, required: [key] };
}
