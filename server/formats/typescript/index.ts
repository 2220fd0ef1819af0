import type { JsonObject } from '../../domain/json.ts';
import type { ResponseFormat } from '../../domain/prompt.ts';
import { compilePrompt, parseTemplate } from '../../domain/template.ts';
import { exportOrigin } from '../export-origin.ts';
import type { ExportedPrompt } from '../exported-prompt.ts';
import { translated } from '../not-expressible.ts';
import { runtimeFor, withoutTexts } from './runtime.ts';
import { schemaType } from './schema-type.ts';
import { templateCode } from './template-code.ts';
import { variableTypes } from './variable-types.ts';

const refusal = { code: 'typescript_not_possible', format: 'TypeScript' };

/**
 * A version as a TypeScript module without dependencies: its facts as `prompt`, the types of its variables and its answer, and `render`, which gives
 * what the workbench renders. Throws `typescript_not_possible` where a template has no code.
 */
export function writeTypeScript(about: ExportedPrompt): string {
  const { version } = about;
  const compiled = compilePrompt(version.content);
  const codes = translated(version.content.messages, refusal, ({ role, content }) => ({
    role,
    content: templateCode(parseTemplate(content)),
  }));
  const code = codes.map(({ content }) => content).join('\n');
  const parts = [
    header(about),
    `export const prompt = ${JSON.stringify(facts(about), null, 2)} as const;`,
    variableTypes(version.content.messages, compiled),
    `/** What the model is to answer. */\nexport type Answer = ${answerType(version.content.responseFormat)};`,
    "export type Message = { role: 'system' | 'user' | 'assistant'; content: string };",
    [
      '/** The messages for a model. Throws where a variable is missing that is needed. */',
      'export function render(variables: Variables): Message[] {',
      ...contextLines(code, compiled.optional),
      '  return [',
      ...codes.map(({ role, content }) => `    { role: ${JSON.stringify(role)}, content: ${content} },`),
      '  ];',
      '}',
    ].join('\n'),
    runtimeFor(code),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** Names that the project gave stand in strings only, which nothing can close. */
const header = (about: ExportedPrompt): string =>
  ['Written by Whetstone; a change belongs in the prompt.', ...exportOrigin(about)]
    .map((line) => `// ${line}`)
    .join('\n');

function facts({ project, prompt, version, release }: ExportedPrompt) {
  return {
    project,
    name: prompt.slug,
    version: version.number,
    contentHash: version.contentHash,
    release: release && { number: release.number, evidenceDigest: release.evidenceDigest },
    model: release?.model ?? null,
    parameters: version.content.parameters,
    responseFormat: version.content.responseFormat,
  };
}

/** The context as the workbench has it: without a prototype, and with the optional variables that are missing. */
function contextLines(code: string, optional: readonly string[]): string[] {
  const named = withoutTexts(code);
  if (!/\b(?:context|frame|depths)0\b/.test(named)) return ['  void variables;'];
  const missing = `  for (const name of ${JSON.stringify(optional)}) context0[name] ??= undefined;`;
  return [
    '  const context0: Record<PropertyKey, unknown> = Object.assign(Object.create(null), variables);',
    "  Object.defineProperty(context0, Symbol.toPrimitive, { value: () => 'the case' });",
    ...(optional.length === 0 ? [] : [missing]),
    ...(named.includes('frame0') ? ['  const frame0: Frame = { root: context0 };'] : []),
    ...(named.includes('depths0') ? ['  const depths0: readonly unknown[] = [context0];'] : []),
  ];
}

function answerType(format: ResponseFormat): string {
  if (format.type === 'labels') return format.labels.map((label) => JSON.stringify(label)).join(' | ');
  const schema: JsonObject | null = format.type === 'json' ? format.schema : null;
  return schema === null ? 'string' : schemaType(schema);
}
