import type { Message } from '../../domain/prompt.ts';
import { type CompiledPrompt, isNode, parseTemplate } from '../../domain/template.ts';

/** The type `Variables`: what is only ever printed or asked for is a text or a number, else it is any JSON value. */
export function variableTypes(
  messages: readonly Message[],
  { variables, required }: Pick<CompiledPrompt, 'variables' | 'required'>,
): string {
  const beyond = new Set(messages.flatMap(({ content }) => namesBeyondText(parseTemplate(content))));
  const anyValue = variables.some((name) => beyond.has(name));
  const fields = variables.map((name) => {
    const mark = required.includes(name) ? '' : '?';
    return `  readonly ${JSON.stringify(name)}${mark}: ${beyond.has(name) ? 'Value' : 'Printed'};`;
  });
  return [
    ...(variables.some((name) => !beyond.has(name)) ? [printedType] : []),
    ...(anyValue ? [valueType] : []),
    fields.length === 0
      ? 'export type Variables = Readonly<Record<string, never>>;'
      : ['/** What the messages are filled with. */', 'export type Variables = {', ...fields, '};'].join('\n'),
  ].join('\n\n');
}

const printedType = 'export type Printed = string | number | boolean | null | undefined;';
const valueType =
  'export type Value = string | number | boolean | null | undefined | readonly Value[] | { readonly [name: string]: Value };';

/** Names of which more is used than their text: a field, the items of a list, their JSON. */
function namesBeyondText(program: hbs.AST.Program | undefined): string[] {
  return (program?.body ?? []).flatMap((statement) => {
    if (isNode<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) return beyondIn(statement);
    if (!isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) return [];
    return [...beyondIn(statement), ...namesBeyondText(statement.program), ...namesBeyondText(statement.inverse)];
  });
}

/** Only these ask for no more than the text of their values. */
const textual = ['if', 'unless', 'default'];

type Call = { path: hbs.AST.Node; params: hbs.AST.Expression[] };

function beyondIn({ path, params }: Call): string[] {
  const helper = isNode<hbs.AST.PathExpression>(path, 'PathExpression') ? path.original : '';
  const own = params.length === 0 ? deepName(path) : [];
  const given = params.flatMap((parameter) => {
    if (isNode<hbs.AST.SubExpression>(parameter, 'SubExpression')) return beyondIn(parameter);
    return textual.includes(helper) ? deepName(parameter) : firstName(parameter);
  });
  return [...own, ...given];
}

const firstName = (node: hbs.AST.Node): string[] =>
  isNode<hbs.AST.PathExpression>(node, 'PathExpression') ? node.parts.slice(0, 1).map(String) : [];

const deepName = (node: hbs.AST.Node): string[] =>
  isNode<hbs.AST.PathExpression>(node, 'PathExpression') && node.parts.length > 1 ? firstName(node) : [];
