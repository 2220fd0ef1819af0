import type { CompletionRequest } from '../../domain/completion.ts';
import { type AnswerFormat, answerFormatOf } from './answer-format.ts';
import { fold, hasBothSides, type LabelWithPolarity } from './classify.ts';
import type { Example } from './fields.ts';
import { labelProperty } from './json-answer.ts';
import { polarityOf } from './label-polarity.ts';
import { labelsIn } from './read-labels.ts';
import { readPrompt } from './read-prompt.ts';

/** A classification as a prompt asks for it, or why there is none. */
export type Task =
  | {
      type: 'classification';
      text: string;
      labels: readonly [LabelWithPolarity, ...LabelWithPolarity[]];
      examples: readonly Example[];
      format: AnswerFormat;
      instructions: string;
    }
  | { type: 'refused'; reason: string };

const asksForOpinion =
  /\b(?:think|feel|feels|feeling|opinions?|sentiment|likes?|enjoy\w*|recommend\w*|satisf\w*|happy|mood|attitude|tone|verdict|positive|negative|impression|reviews?)\b|觉得|看法|评价|态度|情感|情绪|满意|喜欢|推荐|怎么样|怎么看|意见|印象|如何看/i;
const asksForText =
  /(?<!(?:not|n't|never|without) )\b(?:translate|summari[sz]e|rewrite|paraphrase|draft|extract|explain|compose|brainstorm|poem|story|write (?:a|an|the|me|some)|reply to|respond to the (?:guest|customer|writer))\b|翻译|总结|摘要|概括|改写|写一|提取|撰写|回复(?:顾客|客人|这)/i;

/** Reads rendered messages for the labels that they allow, the examples that they give and the form of answer that they ask for. */
export function readTask({ messages, responseFormat }: CompletionRequest): Task {
  const { instructions, examples, text } = readPrompt(messages);
  const answers = [...new Map(examples.map(({ answer }) => [fold(answer), answer])).values()];
  const required = requiredLabels(responseFormat);
  const named = required.length > 0 ? required : labelsIn(instructions);
  const names = named.length > 0 && covers(named, answers) ? named : answers.length > 1 ? answers : named;
  const spelling = new Map(required.length > 0 ? [] : answers.map((answer) => [fold(answer), answer]));
  if (required.length === 0 && asksForText.test(instructions)) return refused('the prompt asks for a text');
  if (names.length === 0 && !asksForOpinion.test(instructions)) {
    return refused('the prompt names no labels to choose from and asks for no opinion');
  }
  const labels = names.map((name) => ({
    label: spelling.get(fold(name)) ?? name,
    polarity: polarityOf(name, instructions),
  }));
  const [first = { label: '', polarity: null }, ...others] = labels;
  if (names.length > 0 && !isDecidable(labels, answers)) {
    return refused(
      `the labels ${names.map((name) => `"${name}"`).join(', ')} are no sides of a sentiment, and the prompt gives no examples of them`,
    );
  }
  // Examples show what an answer looks like, and so does its own beginning.
  const last = messages.at(-1);
  const isShown = answers.length > 1 || (last?.role === 'assistant' && last.content.trim() !== '');
  const format = answerFormatOf(responseFormat, { instructions, labels: names, isShown });
  return { type: 'classification', text, labels: [first, ...others], examples, format, instructions };
}

function requiredLabels(format: CompletionRequest['responseFormat']): readonly string[] {
  if (format.type === 'labels') return format.labels;
  return format.type === 'json' ? (labelProperty(format.schema)?.labels ?? []) : [];
}

const covers = (labels: readonly string[], answers: readonly string[]): boolean => {
  const known = new Set(labels.map(fold));
  return answers.every((answer) => known.has(fold(answer)));
};

function isDecidable(labels: readonly LabelWithPolarity[], answers: readonly string[]): boolean {
  if (hasBothSides(labels)) return true;
  return answers.filter((answer) => labels.some(({ label }) => fold(label) === fold(answer))).length > 1;
}

const refused = (reason: string): Task => ({
  type: 'refused',
  reason: `builtin/lexicon is a stand-in, not a language model: it only sorts texts into labels, and ${reason}. Name labels such as positive and negative, give examples of each label, or choose another model.`,
});
