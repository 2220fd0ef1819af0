import Handlebars from 'handlebars';
import { errorMessage, WhetstoneError } from './errors.ts';
import type { JsonObject } from './json.ts';
import type { Message, PromptContent } from './prompt.ts';

/** A template that can't be rendered: which message (from 0), which line (from 1), and why. */
export type TemplateProblem = { message: number; line: number | null } & Reason;

/** Why, as a stable code with what it is about, and as a sentence. */
type Reason = { code: string; values: Readonly<Record<string, string | number>>; text: string };

export type CompiledPrompt = {
  /** Names that the templates take from the case, sorted. */
  variables: readonly string[];
  /** Those that any rendering needs, sorted. */
  required: readonly string[];
  /** Those that a case may lack, sorted; the others may be lacked where an `{{#if …}}` does not hold. */
  optional: readonly string[];
  /** Throws `template_error` when a variable is missing. */
  render(variables: JsonObject): Message[];
};

/** Prompts are not HTML: nothing is escaped. Own helpers only; no partials, no way to a prototype. */
const engine = Handlebars.create();
/** Those that a template may call. */
export const helperNames = ['if', 'unless', 'each', 'with', 'default', 'json'];
for (const name of Object.keys(engine.helpers)) {
  if (!helperNames.includes(name)) engine.unregisterHelper(name);
}
engine.registerHelper('default', (value: unknown, fallback: unknown) =>
  value === undefined || value === null || value === '' ? fallback : value,
);
engine.registerHelper('json', (value: unknown) => JSON.stringify(value));
/** Not to be typed by accident. */
const textHelper = ' text';
engine.registerHelper(textHelper, (value: unknown) => (value === undefined || value === null ? '' : `${value}`));

// Handlebars takes `log` and `lookup` for known unless it is told otherwise.
const known = Object.fromEntries([...helperNames, textHelper].map((name) => [name, true]));
const knownHelpers = { ...known, log: false, lookup: false };
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
  const optional = [...new Set(parts.flatMap((part) => [...part.used.optional]))].sort();
  const required = [...new Set(parts.flatMap((part) => [...part.used.required]))].sort();
  return {
    variables,
    required: required.filter((name) => !optional.includes(name)),
    optional,
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
          throw new TemplateError(cause, part.index);
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
      refuseBlocksWithoutValue(parseTemplate(message.content));
      return [];
    } catch (error) {
      if (error instanceof Refusal) return [new TemplateError(error, index).problem];
      if (!(error instanceof TemplateError)) throw error;
      return [error.problem];
    }
  });
}

function compileMessage(message: Message, index: number) {
  try {
    const program = parseTemplate(message.content);
    const used = variablesOf(program);
    printAsText(program);
    const template = engine.compile(program, compileOptions);
    // `compile` waits for the first rendering to complain of an unknown helper.
    engine.precompile(program, compileOptions);
    return { used, template };
  } catch (cause) {
    throw new TemplateError(cause, index);
  }
}

/** What a template says, with the white space taken out that its tags take out. Throws Handlebars' own error. */
export const parseTemplate = (template: string): hbs.AST.Program => engine.parse(template);

/** Handlebars joins what it prints by `+`, which adds two numbers that stand side by side: each value becomes a text before. */
function printAsText(program: hbs.AST.Program | undefined): void {
  for (const statement of program?.body ?? []) {
    if (isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) {
      printAsText(statement.program);
      printAsText(statement.inverse);
    } else if (isNode<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) {
      const { path, params, hash, loc } = statement;
      if (!isNode<hbs.AST.PathExpression>(path, 'PathExpression')) continue;
      const isCall = params.length > 0 || hash !== undefined || helperNames.includes(path.original);
      const call: hbs.AST.SubExpression = { type: 'SubExpression', path, params, hash, loc };
      // `strict` is what the compiler itself marks a path with that is printed.
      const value = Object.assign(isCall ? call : { ...path }, { strict: true });
      statement.params = [value];
      statement.path = { ...path, data: false, depth: 0, parts: [textHelper], original: textHelper };
    }
  }
}

/** `template_error`: a template that can't be read, or a variable that the case lacks. */
export class TemplateError extends WhetstoneError {
  readonly problem: TemplateProblem;

  constructor(cause: unknown, message: number) {
    const problem = { message, line: lineOf(cause), ...reasonOf(cause) };
    const { line, code, values, text } = problem;
    const where = `message ${message + 1}${line === null ? '' : `, line ${line}`}`;
    const { variable } = values;
    const isMissing = code === 'variable_missing';
    const sentence = isMissing
      ? `The variable "${variable}" is missing (${where}). Give it in the case, or make it optional with {{default ${variable} "…"}}.`
      : `The template of ${where} can't be read: ${text}`;
    const details = { message, line, reason: { code, values }, ...(isMissing && { variable }) };
    super('invalid', 'template_error', sentence, { cause, details });
    this.problem = problem;
  }
}

function lineOf(error: unknown): number | null {
  const text = error instanceof Error ? error.message : '';
  const found = /(?:on line |- )(\d+)/.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/** What this file itself refuses, though Handlebars would take it. */
class Refusal extends Error {
  readonly reason: Reason;

  constructor(line: number, reason: Reason) {
    super(`${reason.text} - ${line}`);
    this.reason = reason;
  }
}

/** Handlebars' own words, but for the mistakes that people make most. */
function reasonOf(error: unknown): Reason {
  if (error instanceof Refusal) return error.reason;
  const said = errorMessage(error);
  const variable = /"(.+?)" not defined in/.exec(said)?.[1];
  if (variable !== undefined) return { code: 'variable_missing', values: { variable }, text: said };
  const helper = /unknown helper (\S+)/.exec(said)?.[1];
  if (helper !== undefined) {
    const helpers = helperNames.join(', ');
    const text = `there is no helper "${helper}"; there are ${helpers}`;
    return { code: 'helper_unknown', values: { helper, helpers }, text };
  }
  const [, opened, closed] = /^(\S+) doesn't match (\S+) - /.exec(said) ?? [];
  if (opened !== undefined && closed !== undefined) {
    const text = `the block {{#${opened}}} is closed by {{/${closed}}}`;
    return { code: 'block_mismatch', values: { opened, closed }, text };
  }
  const [, near, found] = /^Parse error on line \d+:\n(.*)\n-*\^\n.*got '(.*)'$/s.exec(said) ?? [];
  if (near === undefined) return { code: 'template_unreadable', values: { said }, text: said };
  return found === 'EOF'
    ? { code: 'block_open', values: { near }, text: `a block is not closed at the end of "${near}"` }
    : { code: 'template_syntax', values: { near }, text: `"${near}" is not a Handlebars template` };
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
    const text = 'partials ({{> …}}) are not available';
    throw new Refusal(statement.loc.start.line, { code: 'partials_unavailable', values: {}, text });
  }
}

/** Handlebars complains of `{{#items}}` only in each rendering. Versions that were saved with one can still be read. */
function refuseBlocksWithoutValue(program: hbs.AST.Program | undefined): void {
  for (const statement of program?.body ?? []) {
    if (!isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) continue;
    const name = statement.path.original;
    if (statement.params.length === 0) {
      const text = `the block {{#${name}}} does not say of what: write {{#each items}} or {{#if hint}} with a variable of yours`;
      throw new Refusal(statement.loc.start.line, { code: 'block_without_value', values: { name }, text });
    }
    refuseBlocksWithoutValue(statement.program);
    refuseBlocksWithoutValue(statement.inverse);
  }
}

function noteName(expression: hbs.AST.Node, names: Set<string>, depth: number): void {
  if (isNode<hbs.AST.SubExpression>(expression, 'SubExpression')) {
    for (const parameter of expression.params) noteName(parameter, names, depth);
    return;
  }
  if (!isNode<hbs.AST.PathExpression>(expression, 'PathExpression') || expression.data) return;
  const forbidden = expression.parts.find((part) => ['constructor', '__proto__', 'prototype'].includes(String(part)));
  if (forbidden !== undefined) {
    const variable = String(forbidden);
    const text = `"${variable}" can't be a variable`;
    throw new Refusal(expression.loc.start.line, { code: 'variable_forbidden', values: { variable }, text });
  }
  // Inside `each` and `with` a name belongs to the item, unless it climbs out with ../
  if (expression.depth !== depth) return;
  const name = expression.parts[0];
  if (typeof name === 'string') names.add(name);
}

const nameOf = (path: hbs.AST.Node): string | null =>
  isNode<hbs.AST.PathExpression>(path, 'PathExpression') ? path.original : null;

/** Whether a node of a template is of a type. */
export function isNode<Node extends hbs.AST.Node>(node: hbs.AST.Node, type: Node['type']): node is Node {
  return node.type === type;
}
