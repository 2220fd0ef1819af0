import { helperNames, isNode } from '../../domain/template.ts';
import { NotExpressible } from '../not-expressible.ts';
import { withoutTexts } from './runtime.ts';

/*
 * The code of a template: what Handlebars does with it (4.7, lib/handlebars/compiler and helpers), as an expression over the functions of
 * `runtime.ts`. Each block that has a context of its own is a function whose parameters bear its level in their names, so that no name hides another.
 */

type Scope = {
  level: number;
  /** The expression of the present context. */
  context: string;
  /** What holds `@index` and the like. */
  frame: string;
  /** Names of a block (`as |item index|`) and their expressions, the innermost first. */
  names: readonly { name: string; code: string }[];
};

const rootScope: Scope = { level: 0, context: 'context0', frame: 'frame0', names: [] };

/** A template as an expression whose value is its text. Throws `NotExpressible`. */
export const templateCode = (program: hbs.AST.Program): string => programCode(program, rootScope);

function programCode(program: hbs.AST.Program | undefined, scope: Scope): string {
  const parts = (program?.body ?? []).map((statement) => statementCode(statement, scope)).filter((code) => code !== '');
  if (parts.length === 0) return '""';
  return parts.join(' + ');
}

function statementCode(statement: hbs.AST.Statement, scope: Scope): string {
  if (isNode<hbs.AST.ContentStatement>(statement, 'ContentStatement')) return contentCode(statement.value);
  if (isNode<hbs.AST.CommentStatement>(statement, 'CommentStatement')) return '';
  if (isNode<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) return `text(${callCode(statement, scope)})`;
  if (isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) return blockCode(statement, scope);
  throw notExpressible(statement, 'a tag of this kind');
}

const contentCode = (text: string): string => (text === '' ? '' : JSON.stringify(text));

/** `{{x}}`, `{{default x "y"}}`, `{{json x}}`, or one of these in brackets. */
function callCode(call: hbs.AST.MustacheStatement | hbs.AST.SubExpression, scope: Scope): string {
  const path = asPath(call.path);
  const helper = helperOf(path, call, scope);
  if (helper === null) return strictCode(path, scope);
  const [value, fallback] = call.params.map((parameter) => parameterCode(parameter, scope));
  if (helper === 'json' && call.params.length === 1) return `JSON.stringify(${value})`;
  if (helper === 'default' && call.params.length === 2) return `otherwise(${value}, ${fallback})`;
  throw notExpressible(call, `"${helper}" with ${call.params.length} values`);
}

function helperOf(
  path: hbs.AST.PathExpression,
  call: { params: unknown[]; hash?: unknown },
  scope: Scope,
): string | null {
  const [name] = path.parts.map(String);
  const isCall = call.params.length > 0 || call.hash !== undefined;
  if (isCall) return name ?? '';
  const simple = path.parts.length === 1 && !isScoped(path) && path.depth === 0;
  if (!simple || name === undefined || named(path, scope) !== null) return null;
  return helperNames.includes(name) ? name : null;
}

function blockCode(block: hbs.AST.BlockStatement, scope: Scope): string {
  const name = helperOf(block.path, block, scope);
  const [parameter, ...others] = block.params;
  if (parameter === undefined || others.length > 0)
    throw notExpressible(block, `a block "${block.path.original}" without its one value`);
  const value = parameterCode(parameter, scope);
  if (name === 'if' || name === 'unless') return conditionCode(block, value, scope);
  if (name === 'each' || name === 'with') return scopeCode(name, block, value, scope);
  throw notExpressible(block, `a block "${name}"`);
}

function conditionCode(block: hbs.AST.BlockStatement, value: string, scope: Scope): string {
  if (namesOf(block).length > 0) throw notExpressible(block, 'names ("as |…|") of a condition');
  const zero = block.hash?.pairs.find(({ key }) => key === 'includeZero');
  const test = zero === undefined ? `holds(${value})` : `holds(${value}, ${parameterCode(zero.value, scope)})`;
  const inner = { ...scope, context: thisOf(scope) };
  const branches = [programCode(block.program, inner), programCode(block.inverse, inner)];
  if (block.path.original === 'unless') branches.reverse();
  return `(${test} ? ${branches.join(' : ')})`;
}

function scopeCode(name: 'each' | 'with', block: hbs.AST.BlockStatement, value: string, scope: Scope): string {
  const level = scope.level + 1;
  const [context, depths] = [`context${level}`, `depths${level}`];
  // `with` has no frame of its own.
  const frame = name === 'each' ? `frame${level}` : scope.frame;
  const codes = name === 'each' ? [context, `value(${frame}, "key")`] : [context];
  const given = namesOf(block);
  if (given.length > codes.length) throw notExpressible(block, `${given.length} names ("as |…|") of "${name}"`);
  const names = given.map((given, place) => ({ name: given, code: codes[place] ?? '' }));
  const body = programCode(block.program, { level, context, frame, names: [...names, ...scope.names] });
  const other = programCode(block.inverse, { ...scope, context: thisOf(scope) });
  const parameters = parameterList(name === 'each' ? [context, depths, frame] : [context, depths], body);
  const outside = name === 'each' ? `depths${scope.level}, ${scope.frame}` : `depths${scope.level}`;
  const call = name === 'each' ? 'each' : 'within';
  return `${call}(${value}, ${outside}, (${parameters}) => ${body}, () => ${other})`;
}

/** A strict compiler complains of parameters that the code does not name, unless they begin with a line. */
function parameterList(names: readonly string[], code: string): string {
  const isUsed = (name: string) => new RegExp(`\\b${name}\\b`).test(withoutTexts(code));
  const last = names.findLastIndex(isUsed);
  return names
    .slice(0, last + 1)
    .map((name) => (isUsed(name) ? name : `_${name}`))
    .join(', ');
}

const namesOf = (block: hbs.AST.BlockStatement): string[] => block.program?.blockParams ?? [];

/** A condition hands on its context, and an empty object for one that is nothing. Only a list's item can be nothing. */
const thisOf = ({ context, level }: Scope): string =>
  level === 0 || context.startsWith('(') ? context : `(${context} ?? nothing)`;

/** `{{x}}`: the last name must be there. */
function strictCode(path: hbs.AST.PathExpression, scope: Scope): string {
  const name = named(path, scope);
  if (name !== null) return valueCode(path, scope);
  const last = path.parts.at(-1);
  if (last === undefined) return baseCode(path, scope);
  return `required(${chain(baseCode(path, scope), path.parts.slice(0, -1))}, ${JSON.stringify(String(last))})`;
}

function parameterCode(expression: hbs.AST.Expression, scope: Scope): string {
  if (isNode<hbs.AST.SubExpression>(expression, 'SubExpression')) return callCode(expression, scope);
  if (isNode<hbs.AST.PathExpression>(expression, 'PathExpression')) return valueCode(expression, scope);
  const literal = literalCode(expression);
  if (literal === null) throw notExpressible(expression, 'a value of this kind');
  return literal;
}

function literalCode(expression: hbs.AST.Expression): string | null {
  if (isNode<hbs.AST.StringLiteral>(expression, 'StringLiteral')) return JSON.stringify(expression.value);
  if (isNode<hbs.AST.NumberLiteral>(expression, 'NumberLiteral')) return String(expression.value);
  if (isNode<hbs.AST.BooleanLiteral>(expression, 'BooleanLiteral')) return String(expression.value);
  if (isNode<hbs.AST.UndefinedLiteral>(expression, 'UndefinedLiteral')) return 'undefined';
  return isNode<hbs.AST.NullLiteral>(expression, 'NullLiteral') ? 'null' : null;
}

/** Where a name may be missing. */
function valueCode(path: hbs.AST.PathExpression, scope: Scope): string {
  const name = named(path, scope);
  return name === null ? chain(baseCode(path, scope), path.parts) : chain(name, path.parts.slice(1));
}

const chain = (base: string, parts: readonly unknown[]): string =>
  parts.reduce<string>((code, part) => `value(${code}, ${JSON.stringify(String(part))})`, base);

/** What the first name is looked up in: the context, one further out (`../`), or the data of a list (`@index`). */
function baseCode({ data, depth }: hbs.AST.PathExpression, scope: Scope): string {
  if (data) return depth === 0 ? scope.frame : `outer(${scope.frame}, ${depth})`;
  return depth === 0 ? scope.context : `depths${scope.level}[${depth}]`;
}

/** The expression of a name that a block gave; null where it is none. */
function named(path: hbs.AST.PathExpression, scope: Scope): string | null {
  if (path.depth > 0 || isScoped(path)) return null;
  return scope.names.find(({ name }) => name === String(path.parts[0]))?.code ?? null;
}

const isScoped = ({ original }: hbs.AST.PathExpression): boolean => /^\.|this\b/.test(original);

/** `{{"first name"}}` is the variable of that name. */
function asPath(path: hbs.AST.PathExpression | hbs.AST.Literal): hbs.AST.PathExpression {
  if (isNode<hbs.AST.PathExpression>(path, 'PathExpression')) return path;
  const original = 'original' in path ? String(path.original) : '';
  return { type: 'PathExpression', data: false, depth: 0, parts: [original], original, loc: path.loc };
}

const notExpressible = (node: hbs.AST.Node, what: string) => new NotExpressible(node.loc.start.line, what);
