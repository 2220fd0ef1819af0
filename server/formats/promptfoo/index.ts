import { scorersOfCase } from '../../domain/case-scorers.ts';
import { invalid } from '../../domain/errors.ts';
import type { EvalCase } from '../../domain/evaluation-set.ts';
import type { JsonValue } from '../../domain/json.ts';
import { exportOrigin } from '../export-origin.ts';
import type { ExportedPrompt, ExportedTests } from '../exported-prompt.ts';
import { nunjucks, toJinja } from '../jinja.ts';
import { translated } from '../not-expressible.ts';
import { namedSchema, toYaml } from '../prompt-fields.ts';
import { assertionOf, withoutCounterpart } from './assertions.ts';

const refusal = { code: 'promptfoo_not_possible', format: 'promptfoo' };

/**
 * A version as a `promptfooconfig.yaml`: the chat as Nunjucks renders it, the model with its parameters, and the cases of a set as tests.
 * https://www.promptfoo.dev/docs/configuration/reference. Throws `promptfoo_not_possible`.
 */
export function writePromptfoo(about: ExportedPrompt): string {
  const { prompt, version, tests } = about;
  const messages = translated(version.content.messages, refusal, ({ role, content }) => ({
    role,
    content: toJinja(content, nunjucks),
  }));
  const raw = JSON.stringify(messages, null, 2);
  if (readsEnvironment(raw)) {
    throw invalid(
      'promptfoo_not_possible',
      'A message has a variable or a fallback with "env." in it, which promptfoo would take for its environment. Reword it, or export as prompt.yml.',
    );
  }
  const provider = providerOf(about);
  if (readsEnvironment(JSON.stringify(provider))) {
    throw invalid(
      'promptfoo_not_possible',
      'What is sent with the messages (where to stop, tools or the schema) holds {{ with "env.", which promptfoo would take for its environment. Reword it, or export as prompt.yml.',
    );
  }
  const config = toYaml({
    description: `${prompt.slug}, version ${version.number}`,
    prompts: [{ id: `${prompt.slug}-v${version.number}`, label: `${prompt.slug}-v${version.number}`, raw }],
    providers: [provider],
    // A list in a variable would else become a test for each of its items.
    defaultTest: { options: { disableVarExpansion: true } },
    tests: tests === undefined ? undefined : tests.cases.map((item) => testOf(item, tests)),
  });
  return `${[...exportOrigin(about), ...notesOn(about)].map((line) => `# ${line}`).join('\n')}\n${config}`;
}

function notesOn({ tests, release }: ExportedPrompt): string[] {
  return [
    providerNote(release?.model),
    ...(tests === undefined
      ? ['No tests: no evaluation set was named.']
      : [`Tests: set ${tests.set}, version ${tests.setVersion}, ${tests.split}.`, ...scorerNotes(tests)]),
  ];
}

function providerNote(model: string | undefined): string {
  if (model === undefined) return 'No model is released with it: the provider "echo" answers with the prompt itself.';
  if (localModel(model)) return `promptfoo has no ${model}: the provider "echo" answers with the prompt itself.`;
  const connection = model.slice(0, model.indexOf('/'));
  return connection === 'openai'
    ? 'The key is read from OPENAI_API_KEY.'
    : `Set OPENAI_BASE_URL to the address of ${connection}, which speaks the interface of OpenAI.`;
}

function scorerNotes({ scorers, cases }: ExportedTests): string[] {
  const all = cases.flatMap((item) => scorersOf(item, scorers));
  const lacking = [...new Set(withoutCounterpart(all))].map((scorer) => JSON.stringify(scorer));
  return lacking.length === 0
    ? []
    : [`promptfoo has no exact counterpart of ${lacking.join(', ')}: the tests do without.`];
}

const scorersOf = (item: EvalCase, scorers: ExportedTests['scorers']) =>
  scorersOfCase(scorers, item.scorers ?? []).map(({ spec }) => spec);

function testOf(item: EvalCase, { scorers }: ExportedTests) {
  const assertions = scorersOf(item, scorers).flatMap((spec) => assertionOf(spec, item.expected) ?? []);
  return {
    description: escaped(item.key),
    vars: Object.fromEntries(
      Object.entries(item.variables).map(([name, value]) => [name, variableOf(item.key, name, value)]),
    ),
    ...(assertions.length > 0 && { assert: assertions }),
    metadata: {
      case: escaped(item.key),
      expected: variableOf(item.key, 'expected', item.expected),
      tags: item.tags.map(escaped),
    },
  };
}

/** A key or tag that would be read as a template says nothing there. */
const escaped = (text: string): string => text.replaceAll('{{', '{ {').replaceAll('{%', '{ %');

/**
 * promptfoo loads a text that begins as an address of a file, drops a line break at its end and fills in what looks like another variable. Of a list it
 * does none of this, and a list of one text is printed as that text.
 */
function variableOf(key: string, name: string, value: JsonValue | undefined): JsonValue {
  if (readsEnvironment(JSON.stringify(value ?? null))) {
    throw invalid(
      'promptfoo_not_possible',
      `The variable "${name}" of the case "${key}" holds {{ with "env.", which promptfoo would take for its environment. Leave the case out of the split, or export without a set.`,
      { details: { case: key, variable: name } },
    );
  }
  if (typeof value !== 'string') return value ?? null;
  return /^(?:file|package):|\n$|\{\{\s*\w+\s*\}\}/.test(value) ? [value] : value;
}

/** What promptfoo fills in wherever it stands in its configuration. In linear time: a case may be a megabyte of braces. */
function readsEnvironment(text: string): boolean {
  const closed = text.split('}}').slice(0, -1);
  return closed.some((part) => part.includes('{{') && /\benv\.|env\[/.test(part.slice(part.indexOf('{{'))));
}

const localModel = (model: string): boolean => /^(?:local|builtin)\//.test(model);

function providerOf({ version, release }: ExportedPrompt) {
  const model = release?.model;
  if (model === undefined || localModel(model)) return 'echo';
  const { parameters: given, responseFormat: format } = version.content;
  const config = {
    // Else it sends a temperature and a limit of its own.
    omitDefaults: true,
    temperature: given.temperature,
    top_p: given.topP,
    // It sends the one that the model takes.
    max_tokens: given.maxTokens,
    max_completion_tokens: given.maxTokens,
    seed: given.seed,
    stop: given.stop,
    tools: given.tools,
    tool_choice: given.toolChoice,
    ...(format.type === 'json' && {
      response_format: { type: 'json_schema', json_schema: namedSchema(format.schema) },
    }),
  };
  return { id: `openai:chat:${model.slice(model.indexOf('/') + 1)}`, config };
}
