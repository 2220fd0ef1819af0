import { inputLanguage } from './input-language.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJsonObject } from './json.ts';
import type { Message, PromptContent, ResponseFormat } from './prompt.ts';
import type { Scope } from './scope.ts';

type Described = Pick<Scope, 'problem' | 'users' | 'inputs' | 'outputs' | 'examples' | 'mustNever'>;
type Basis = {
  /** Names of what a case gives; at least one. */
  fields: readonly string[];
  /** What an answer may be; empty where it is free. */
  labels: readonly string[];
};
export type FirstPrompt = {
  content: PromptContent;
  /** Examples, by their place in the scope, whose output is none of the labels. */
  unlabelled: number[];
};

/** What stands before each part, in the language that the scope is written in. */
const phrases = {
  en: {
    problem: 'The problem to solve:',
    users: 'Who uses the answer:',
    inputs: 'What each message gives:',
    outputs: 'What to answer:',
    labels: (labels: string) => `Answer with exactly one of these labels and nothing else: ${labels}.`,
    json: (names: string) => `Answer with one JSON object and nothing else. Its fields: ${names}.`,
    text: 'Write only the answer.',
    mustNever: 'What the answer must never do:',
    examples: 'Examples:',
    input: 'Input:',
    output: 'Answer:',
    comma: ', ',
  },
  zh: {
    problem: '要解决的问题：',
    users: '谁使用回答：',
    inputs: '每条消息给出的内容：',
    outputs: '应回答什么：',
    labels: (labels: string) => `只回答下列标签之一，不要写其他内容：${labels}。`,
    json: (names: string) => `只输出一个 JSON 对象，不要写其他内容。字段：${names}。`,
    text: '只写出答案。',
    mustNever: '回答绝不能：',
    examples: '示例：',
    input: '输入：',
    output: '回答：',
    comma: '、',
  },
} as const;
type Words = (typeof phrases)['en' | 'zh'];

/**
 * A first prompt made of what a scope says and nothing else. What never changes comes first, so that providers can reuse it; with one field the
 * examples are pairs of messages, with several they stand in the instructions.
 */
export function firstPrompt(scope: Described, { fields, labels }: Basis): FirstPrompt {
  const said = phrases[inputLanguage([scope.problem, scope.inputs, scope.outputs].join(' ')) === 'zh' ? 'zh' : 'en'];
  const responseFormat = formatOf(scope, labels);
  const examples = scope.examples.flatMap(({ input, output }, place) => {
    const answer = labels.length === 0 ? output.trim() : labels.find((label) => same(label, output));
    return input.trim() === '' || answer === '' ? [] : [{ place, input: input.trim(), answer }];
  });
  const usable = examples.flatMap(({ answer, ...rest }) => (answer === undefined ? [] : [{ ...rest, answer }]));
  const [first = 'input', ...more] = fields;
  const pairs = more.length > 0 ? [] : usable;
  const instructions: Message = {
    role: 'system',
    content: [...instructionsOf(scope, responseFormat, said), ...(more.length > 0 ? listed(usable, said) : [])].join(
      '\n\n',
    ),
  };
  const input = more.length === 0 ? tag(first) : fields.map((name) => `${literal(name)}: ${tag(name)}`).join('\n\n');
  const shown = pairs.flatMap(({ input: text, answer }): Message[] => [
    { role: 'user', content: literal(text) },
    { role: 'assistant', content: literal(answer) },
  ]);
  return {
    content: {
      messages: [instructions, ...shown, { role: 'user', content: input }],
      parameters: {},
      responseFormat,
    },
    unlabelled: examples.flatMap(({ place, answer }) => (answer === undefined ? [place] : [])),
  };
}

function instructionsOf(scope: Described, format: ResponseFormat, said: Words): string[] {
  const part = (name: 'problem' | 'users' | 'inputs' | 'outputs' | 'mustNever', after: readonly string[] = []) => {
    const lines = [...(scope[name].trim() === '' ? [] : [literal(scope[name].trim())]), ...after];
    return lines.length === 0 ? [] : [[said[name], ...lines].join('\n')];
  };
  return [
    ...part('problem'),
    ...part('users'),
    ...part('inputs'),
    ...part('outputs', [formText(format, said)]),
    ...part('mustNever'),
  ];
}

function formText(format: ResponseFormat, said: Words): string {
  if (format.type === 'labels') return said.labels(format.labels.map(literal).join(said.comma));
  if (format.type === 'text') return said.text;
  const { properties } = format.schema;
  return said.json(
    Object.keys(isJsonObject(properties) ? properties : {})
      .map(literal)
      .join(said.comma),
  );
}

const listed = (examples: readonly { input: string; answer: string }[], said: Words): string[] =>
  examples.length === 0
    ? []
    : [
        said.examples,
        ...examples.map(({ input, answer }) => `${said.input} ${literal(input)}\n${said.output} ${literal(answer)}`),
      ];

/** Labels where there are some; JSON with the fields of the examples where each of their outputs is an object; else text. */
function formatOf({ examples }: Pick<Described, 'examples'>, labels: readonly string[]): ResponseFormat {
  if (labels.length >= 2) return { type: 'labels', labels };
  const outputs = examples.map(({ output }) => parseJsonObject(output));
  const objects = outputs.filter((output) => output !== null);
  if (objects.length === 0 || objects.length < outputs.length) return { type: 'text' };
  return { type: 'json', schema: schemaOf(objects) };
}

/** The fields of objects with their types; one that each object has is required. */
function schemaOf(objects: readonly JsonObject[]): JsonObject {
  const names = [...new Set(objects.flatMap((object) => Object.keys(object)))];
  const typesOf = (name: string) => [
    ...new Set(objects.filter((object) => Object.hasOwn(object, name)).map((object) => typeOf(object[name] ?? null))),
  ];
  const properties = names.map((name) => {
    const types = typesOf(name);
    return [name, { type: types.length === 1 ? (types[0] ?? 'string') : types }] as const;
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: names.filter((name) => objects.every((object) => Object.hasOwn(object, name))),
    additionalProperties: false,
  };
}

const typeOf = (value: JsonValue): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value;
};

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

/** A text that a template gives as it is, whatever braces it holds. */
const literal = (text: string): string => text.replace(/[\\{]*\{\{\}*/g, (braces) => `{{default "" "${braces}"}}`);

/** Names that Handlebars takes for helpers, and for values and words of its own. */
const helpers = new Set(['if', 'unless', 'each', 'with', 'default', 'json', 'log', 'lookup']);
const words = new Set(['true', 'false', 'null', 'undefined', 'this', 'else', 'as']);

/** A name that Handlebars would not read as that of a variable stands in brackets, one of a helper behind what it belongs to. */
function tag(name: string): string {
  if (helpers.has(name)) return `{{this.${name}}}`;
  return /^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name) && !words.has(name) ? `{{${name}}}` : `{{[${name}]}}`;
}
