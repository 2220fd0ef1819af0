import { contentHash } from '../../domain/content-hash.ts';
import type { AnswerFormat } from './answer-format.ts';
import type { Choice } from './classify.ts';
import { jsonAnswer } from './json-answer.ts';

type Wrap = (label: string, other: string) => string;

/*
 * What a chat model tends to write where no format is asked for: an opinion in a sentence that may name one side, both or none. The share of
 * each is made up; that some answers can't be read without a format is the point.
 */
const opinions = {
  en: [
    ['Overall, this reads as a positive review.', 'Overall, this reads as a negative review.'],
    [
      'The writer clearly enjoyed it and would probably come again.',
      'The writer did not enjoy it and is unlikely to come again.',
    ],
    ['They had a positive experience, as far as I can tell.', 'They had a negative experience, as far as I can tell.'],
    ['It sounds like a happy customer.', 'It sounds like someone who expected more.'],
    [
      'There are positive and negative sides to it, but on balance they seem content.',
      'There are positive and negative sides to it, but on balance they seem let down.',
    ],
    ['A positive visit, by the sound of it.', 'A negative visit, by the sound of it.'],
    ['I read this as positive.', 'I read this as negative.'],
    [
      'The praise outweighs the complaints here, although tone is hard to judge in a few lines.',
      'The complaints outweigh the praise here, although tone is hard to judge in a few lines.',
    ],
    ['The tone is positive rather than negative.', 'The tone is negative rather than positive.'],
    [
      'Hard to say for certain; they seem satisfied with most of it.',
      'Hard to say for certain; they seem unhappy with most of it.',
    ],
  ],
  zh: [
    ['总体来看，这是一条正面的评价。', '总体来看，这是一条负面的评价。'],
    ['作者明显很喜欢，应该还会再来。', '作者并不喜欢，大概不会再来了。'],
    ['看得出体验是正面的。', '看得出体验是负面的。'],
    ['听起来是位高兴的顾客。', '听起来期望落了空。'],
    ['有正面也有负面的地方，不过整体上还算满意。', '有正面也有负面的地方，不过整体上比较失望。'],
    ['应该算是正面的体验。', '应该算是负面的体验。'],
    ['我认为是正面的。', '我认为是负面的。'],
    ['夸的比抱怨的多，只是几句话里语气不好判断。', '抱怨的比夸的多，只是几句话里语气不好判断。'],
    ['语气偏正面，而不是负面。', '语气偏负面，而不是正面。'],
    ['很难说得准，大部分应该是满意的。', '很难说得准，大部分应该是不满意的。'],
  ],
} as const;

/** With labels named but no format, most answers are the label and some wrap it; a few name another one too. */
const wrappings: Readonly<Record<'en' | 'zh', readonly [Wrap, ...Wrap[]]>> = {
  en: [
    (label) => label,
    (label) => label,
    (label) => label,
    (label) => `${label}.`,
    (label) => `**${label}**`,
    (label) => `I would call this ${label}.`,
    (label) => `${label}, going by the wording.`,
    (label) => `The answer is "${label}".`,
    (label, other) => `${label} rather than ${other}.`,
    (label, other) => `Somewhere between ${label} and ${other}, leaning to the first.`,
  ],
  zh: [
    (label) => label,
    (label) => label,
    (label) => label,
    (label) => `${label}。`,
    (label) => `**${label}**`,
    (label) => `我认为是${label}。`,
    (label) => `${label}，从用词上看。`,
    (label) => `答案是“${label}”。`,
    (label, other) => `是${label}，而不是${other}。`,
    (label, other) => `介于${label}和${other}之间，更偏前者。`,
  ],
};

export type AnswerParts = {
  choice: Choice;
  labels: readonly string[];
  format: AnswerFormat;
  prompt: string;
  instructions: string;
};

/** The answer in the form that was asked for, always the same for the same prompt; null where a JSON schema asks for more than a label. */
export function writeAnswer({ choice, labels, format, prompt, instructions }: AnswerParts): string | null {
  const language = /\p{Script=Han}/u.test(instructions) ? 'zh' : 'en';
  const variant = Number.parseInt(contentHash(prompt).slice(0, 8), 16);
  switch (format.type) {
    case 'label':
      return choice.label;
    case 'loose': {
      const other = labels.find((label) => label !== choice.label) ?? '';
      const wraps = wrappings[language];
      return (wraps[variant % wraps.length] ?? wraps[0])(choice.label, other);
    }
    case 'json': {
      const answer = jsonAnswer(format.schema, choice);
      return answer && JSON.stringify(answer);
    }
    case 'opinion': {
      const sentences = opinions[language];
      const [positive, negative] = sentences[variant % sentences.length] ?? sentences[0];
      return choice.sentiment >= 0 ? positive : negative;
    }
  }
}
