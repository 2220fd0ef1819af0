import { helperNames, isNode, parseTemplate } from '../domain/template.ts';
import { NotExpressible } from './not-expressible.ts';

/*
 * Handlebars as Jinja, and as Nunjucks, which reads most of Jinja: texts, variables, `if`, `unless` and `default`. Lists and `with` are refused, because
 * the two walk through objects in ways of their own. https://jinja.palletsprojects.com/en/stable/templates, https://mozilla.github.io/nunjucks/templating.html
 */

export type Dialect = {
  /** Whether a value holds as it does in Handlebars, where an empty list does not. */
  holds: (value: string) => string;
  /** The value, else the fallback where it is missing or an empty text. */
  otherwise: (value: string, fallback: string) => string;
  /** Names of fields that a dot would take for something else. */
  methods: ReadonlySet<string>;
  /** Names that variables can't have. */
  reserved: ReadonlySet<string>;
};

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const keywords = 'and or not in is if elif else for true false none True False None';

/** Of Python: its empty objects do not hold, and a dictionary's methods stand before its keys. */
export const jinja: Dialect = {
  holds: (value) => value,
  otherwise: (value, fallback) => `${value} if ${value} or ${value} == 0 else ${fallback}`,
  methods: words('clear copy fromkeys get items keys pop popitem setdefault update values'),
  reserved: words(
    `${keywords} self super caller loop range dict lipsum cycler joiner namespace varargs kwargs context`,
  ),
};

export const nunjucks: Dialect = {
  holds: (value) => `${value} and ${value}.length !== 0`,
  otherwise: (value, fallback) => `${value} if ${value} or ${value} === 0 or ${value} === false else ${fallback}`,
  methods: new Set(),
  // promptfoo puts `env` and `_conversation` beside the variables.
  reserved: words(`${keywords} null undefined super caller loop range cycler joiner env _conversation`),
};

/** A template in a dialect. Throws `NotExpressible`. */
export const toJinja = (template: string, dialect: Dialect): string =>
  programIn(parseTemplate(template), { dialect, lines: template.split('\n') });

type Source = { dialect: Dialect; lines: readonly string[] };

const programIn = (program: hbs.AST.Program | undefined, source: Source): string =>
  (program?.body ?? []).map((statement) => statementIn(statement, source)).join('');

function statementIn(statement: hbs.AST.Statement, source: Source): string {
  if (isNode<hbs.AST.ContentStatement>(statement, 'ContentStatement')) return jinjaText(statement.value);
  if (isNode<hbs.AST.CommentStatement>(statement, 'CommentStatement')) return '';
  if (isNode<hbs.AST.BlockStatement>(statement, 'BlockStatement')) return condition(statement, source);
  if (!isNode<hbs.AST.MustacheStatement>(statement, 'MustacheStatement')) {
    throw new NotExpressible(statement.loc.start.line, 'a tag of this kind');
  }
  const code = printed(statement, source.dialect);
  const asTyped = typed(statement, source);
  // So that what is read again has the spaces that it had.
  return /^\{\{ *([^ ]+) *\}\}$/.exec(asTyped)?.[1] === code ? asTyped : `{{ ${code} }}`;
}

const typed = ({ loc: { start, end } }: hbs.AST.Node, { lines }: Source): string =>
  start.line === end.line ? (lines[start.line - 1] ?? '').slice(start.column, end.column) : '';

/** A text in which nothing begins a tag, or ends a comment, of which Nunjucks complains. */
const jinjaText = (text: string): string => text.replace(/\{(?=[{%#]|$)|#(?=\}|$)/g, '{{ "$&" }}');

function printed({ path, params, loc }: hbs.AST.MustacheStatement, dialect: Dialect): string {
  const name = isNode<hbs.AST.PathExpression>(path, 'PathExpression') ? path.original : '';
  if (params.length === 0) return variable(path, dialect);
  const [value, fallback] = params;
  if (name !== 'default' || value === undefined || fallback === undefined || params.length > 2) {
    throw new NotExpressible(loc.start.line, `{{${name} …}}`);
  }
  return dialect.otherwise(variable(value, dialect), operand(fallback, dialect));
}

function operand(expression: hbs.AST.Expression, dialect: Dialect): string {
  if (isNode<hbs.AST.StringLiteral>(expression, 'StringLiteral'))
    return `"${expression.value.replace(/["\\]/g, '\\$&')}"`;
  if (isNode<hbs.AST.NumberLiteral>(expression, 'NumberLiteral')) return String(expression.value);
  return variable(expression, dialect);
}

function condition(block: hbs.AST.BlockStatement, source: Source): string {
  const name = block.path.original;
  const [value] = block.params;
  const plain = value !== undefined && block.params.length === 1 && block.hash === undefined;
  if (!plain || (name !== 'if' && name !== 'unless')) {
    throw new NotExpressible(block.loc.start.line, `{{#${name} …}}`);
  }
  const inner = programIn(block.program, source);
  const other = programIn(block.inverse, source);
  const [then, otherwise] = name === 'if' ? [inner, other] : [other, inner];
  const test = source.dialect.holds(variable(value, source.dialect));
  if (then === '') return `{% if not ${test.includes(' ') ? `(${test})` : test} %}${otherwise}{% endif %}`;
  return `{% if ${test} %}${then}${otherwise === '' ? '' : `{% else %}${otherwise}`}{% endif %}`;
}

const identifier = /^[\p{L}_][\p{L}\p{N}_]*$/u;

function variable(expression: hbs.AST.Node, dialect: Dialect): string {
  const { line } = expression.loc.start;
  if (!isNode<hbs.AST.PathExpression>(expression, 'PathExpression'))
    throw new NotExpressible(line, 'a value of this kind');
  const { parts, original, data, depth } = expression;
  const [root, ...fields] = parts.map(String);
  if (root === undefined || data || depth > 0 || helperNames.includes(original)) {
    throw new NotExpressible(line, `{{${original}}}`);
  }
  if (!identifier.test(root) || dialect.reserved.has(root)) throw new NotExpressible(line, `the variable "${root}"`);
  return fields.reduce((code, field) => `${code}${fieldOf(field, dialect)}`, root);
}

function fieldOf(field: string, { methods }: Dialect): string {
  if (/^\d+$/.test(field)) return `[${field}]`;
  return identifier.test(field) && !methods.has(field) ? `.${field}` : `["${field.replace(/["\\]/g, '\\$&')}"]`;
}
