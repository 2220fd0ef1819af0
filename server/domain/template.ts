import Handlebars from 'handlebars';
import { invalid, WhetstoneError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { Message, PromptContent } from './prompt.ts';

/** A template that can't be rendered: which message (from 0), which line (from 1), and why. */
export type TemplateProblem = { message: number; line: number | null; text: string };

export type CompiledPrompt = {
  /** Names that the templates take from the case, sorted. */
  variables: readonly string[];
  /** Throws `template_error` when a variable is missing. */
  render(variables: JsonObject): Message[];
};

/** Prompts are not HTML: nothing is escaped. Own helpers only; no partials, no way to a prototype. */
const engine = Handlebars.create();
const helperNames = ['if', 'unless', 'each', 'with', 'default', 'json'];
for (const name of Object.keys(engine.helpers)) {
  if (!helperNames.includes(name)) engine.unregisterHelper(name);
}
engine.registerHelper('default', (value: unknown, fallback: unknown) =>
  value === undefined || value === null || value === '' ? fallback : value,
);
engine.registerHelper('json', (value: unknown) => JSON.stringify(value));

// Handlebars takes `log` and `lookup` for known unless it is told otherwise.
const knownHelpers = { ...Object.fromEntries(helperNames.map((name) => [name, true])), log: false, lookup: false };
const compileOptions = { noEscape: true, strict: true, knownHelpers, knownHelpersOnly: true } as const;
const renderOptions = { allowProtoPropertiesByDefault: false, allowProtoMethodsByDefault: false } as const;

/**
 * Compiles a prompt's messages once for all cases. A missing variable is an error that names it; `{{#if x}}` and `{{default x "…"}}` make one
 * optional. Throws `template_error` with the message and line.
 */
export function compilePrompt(content: Pick<PromptContent, 'messages'>): CompiledPrompt {
  const parts = content.messages.map((message, index) => ({
    role: message.role,
    index,
    ...compileMessage(message, index),
  }));
  const variables = [
    ...new Set(parts.flatMap((part) => [...part.used.required, ...part.used.conditional, ...part.used.optional])),
  ].sort();
  const optional = new Set(parts.flatMap((part) => [...part.used.optional]));
  return {
    variables,
    render(given) {
      // Without a prototype, so that no inherited name can be read.
      const values: Record<string, unknown> = Object.assign(Object.create(null), given);
      // Handlebars prints the context in its message on a missing name.
      Object.defineProperty(values, Symbol.toPrimitive, { value: () => 'the case' });
      // `strict` would refuse an optional variable that a case lacks.
      for (const name of optional) values[name] ??= undefined;
      return parts.map((part) => {
        try {
          return { role: part.role, content: part.template(values, renderOptions) };
        } catch (cause) {
          throw templateError(cause, part.index);
        }
      });
    },
  };
}

/** What is wrong with the templates themselves; empty where they compile. */
export function templateProblems(content: Pick<PromptContent, 'messages'>): TemplateProblem[] {
  return content.messages.flatMap((message, index) => {
    try {
      compileMessage(message, index);
      return [];
    } catch (error) {
      const cause = error instanceof WhetstoneError ? error.cause : error;
      return [{ message: index, line: lineOf(cause), text: reasonOf(cause) }];
    }
  });
}

function compileMessage(message: Message, index: number) {
  try {
    const used = variablesOf(engine.parse(message.content));
    const template = engine.compile(message.content, compileOptions);
    // `compile` waits for the first rendering to complain of an unknown helper.
    engine.precompile(message.content, compileOptions);
    return { used, template };
  } catch (cause) {
    throw templateError(cause, index);
  }
}

function templateError(cause: unknown, message: number) {
  const missingName = /"(.+?)" not defined in/.exec(cause instanceof Error ? cause.message : '')?.[1];
  const line = lineOf(cause);
  const where = `message ${message + 1}${line === null ? '' : `, line ${line}`}`;
  const text =
    missingName === undefined
      ? `The template of ${where} can't be read: ${reasonOf(cause)}`
      : `The variable "${missingName}" is missing (${where}). Give it in the case, or make it optional with {{default ${missingName} "…"}}.`;
  return invalid('template_error', text, {
    cause,
    details: { message, line, ...(missingName && { variable: missingName }) },
  });
}

function lineOf(error: unknown): number | null {
  const text = error instanceof Error ? error.message : '';
  const found = /(?:on line |- )(\d+)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** Handlebars' own words, but for the two mistakes that people make most. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const helper = /unknown helper (\S+)/.exec(text)?.[1];
  if (helper !== undefined) return `there is no helper "${helper}"; there are ${helperNames.join(', ')}`;
  const [, near, found] = /^Parse error on line \d+:\n(.*)\n-*\^\n.*got '(.*)'$/s.exec(text) ?? [];
  if (near === undefined) return text;
  return found === 'EOF' ? `a block is not closed at the end of "${near}"` : `"${near}" is not a Handlebars template`;
}

/** `optional` ones may be missing; `conditional` ones stand inside an `{{#if …}}` on something else and are needed only when it holds. */
type Used = { required: Set<string>; conditional: Set<string>; optional: Set<string> };

/** Collects the names that a template takes from its root context. */
function variablesOf(program: hbs.AST.Program): Used {
  const used: Used = { required: new Set(), conditional: new Set(), optional: new Set() };
  visitProgram(program, used, 0);
  for (const name of used.required) used.optional.delete(name);
  return used;
}

function visitProgram(program: hbs.AST.Program | undefined, used: Used, depth: number): void {
  for (const statement of program?.body ?? []) visitStatement(statement, used, depth);
}

function visitStatement(statement: hbs.AST.Statement, used: Used, depth: number): void {
  if (isNode<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) {
    const helper = nameOf(statement.path);
    const isCall = statement.params.length > 0;
    if (!isCall) noteName(statement.path, used.required, depth);
    statement.params.forEach((parameter, place) => {
      noteName(parameter, helper === 'default' && place === 0 ? used.optional : used.required, depth);
    });
  } else if (isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) {
    const helper = nameOf(statement.path);
    const tests = helper === 'if' || helper === 'unless';
    if (statement.params.length === 0) noteName(statement.path, used.required, depth);
    for (const parameter of statement.params) noteName(parameter, tests ? used.optional : used.required, depth);
    const inner = helper === 'each' || helper === 'with' ? depth + 1 : depth;
    const guarded = tests ? { ...used, required: used.conditional } : used;
    visitProgram(statement.program, guarded, inner);
    visitProgram(statement.inverse, guarded, depth);
  } else if (isNode<hbs.AST.PartialStatement>(statement, 'PartialStatement')) {
    throw new Error(`partials ({{> …}}) are not available - ${statement.loc.start.line}`);
  }
}

function noteName(expression: hbs.AST.Node, names: Set<string>, depth: number): void {
  if (isNode<hbs.AST.SubExpression>(expression, 'SubExpression')) {
    for (const parameter of expression.params) noteName(parameter, names, depth);
    return;
  }
  if (!isNode<hbs.AST.PathExpression>(expression, 'PathExpression') || expression.data) return;
  const forbidden = expression.parts.find((part) => ['constructor', '__proto__', 'prototype'].includes(String(part)));
  if (forbidden !== undefined) throw new Error(`"${forbidden}" can't be a variable - ${expression.loc.start.line}`);
  // Inside `each` and `with` a name belongs to the item, unless it climbs out with ../
  if (expression.depth !== depth) return;
  const name = expression.parts[0];
  if (typeof name === 'string') names.add(name);
}

const nameOf = (path: hbs.AST.Node): string | null =>
  isNode<hbs.AST.PathExpression>(path, 'PathExpression') ? path.original : null;

function isNode<Node extends hbs.AST.Node>(node: hbs.AST.Node, type: Node['type']): node is Node {
  return node.type === type;
}
