import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { type FileProblem, fileError } from './file-problem.ts';

/** YAML text of a file; `firstLine` is the line of the file on which it begins. */
export type YamlSource = { fileName: string; text: string; firstLine?: number };

/** Parses YAML and checks it against a schema. Throws one error, under `code`, that names line and column of everything wrong. */
export function readYaml<Schema extends z.ZodType>(source: YamlSource, schema: Schema, code: string): z.output<Schema> {
  const lines = new LineCounter();
  const document = parseDocument(source.text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, said: Said): FileProblem => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + (source.firstLine ?? 1) - 1, column: Math.max(1, col), ...said };
  };
  const notYaml = (offset: number, said: string) =>
    at(offset, {
      code: 'yaml_invalid',
      values: { said },
      message: `This is not YAML: ${said}. Correct it; a text with ":", "#" or "*" in it needs quotes.`,
    });
  const plain = plainOf(document);
  if ('errors' in plain) {
    const problems = plain.errors.map(({ offset, said }) => notYaml(offset, said));
    throw fileError(code, source.fileName, problems);
  }
  const read = schema.safeParse(plain.value);
  if (read.success) return read.data;
  const problems = read.error.issues.map((issue) => at(offsetOf(document, issue), saidOf(issue)));
  throw fileError(code, source.fileName, problems);
}

/** Where an issue stands: at the key that is not known, else at the nearest part that is there. */
function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  for (let depth = issue.path.length; depth >= 0; depth -= 1) {
    const node = depth === 0 ? document.contents : document.getIn(issue.path.slice(0, depth), true);
    if (!isNode(node)) continue;
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    const key = isMap(node) ? node.items.find((pair) => isScalar(pair.key) && pair.key.value === unknown)?.key : null;
    return (isNode(key) ? key : node).range?.[0] ?? 0;
  }
  return 0;
}

/** Aliases are followed only now: one may name nothing, as in a text that begins with "*", or so many others that no memory holds them. */
function plainOf(document: Document.Parsed): { value: unknown } | { errors: { offset: number; said: string }[] } {
  if (document.errors.length > 0)
    return { errors: document.errors.map(({ pos, message: said }) => ({ offset: pos[0], said })) };
  try {
    return { value: document.toJS() };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    let offset = 0;
    visit(document, {
      Alias(_, alias) {
        offset = alias.range?.[0] ?? 0;
        return alias.resolve(document) === undefined ? visit.BREAK : undefined;
      },
    });
    return { errors: [{ offset, said: error.message }] };
  }
}

type Said = Required<Pick<FileProblem, 'code' | 'values' | 'message'>>;

function saidOf(issue: z.core.$ZodIssue): Said {
  const field = issue.path.map(String).join('.');
  const subject = field === '' ? 'This file' : `"${field}"`;
  // zod's own words for it would say to leave it out.
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return { ...reasonOf(issue, field), message: `${subject} is missing. Add it, as ${issue.expected}.` };
  }
  return {
    ...reasonOf(issue, field),
    message: `${subject} can't be used: ${issue.message}. Correct it or leave it out.`,
  };
}

function reasonOf(issue: z.core.$ZodIssue, field: string): Omit<Said, 'message'> {
  if (field === '' && issue.code === 'invalid_type') return { code: 'file_without_fields', values: {} };
  if (issue.code === 'unrecognized_keys') return { code: 'field_unknown', values: { field: issue.keys.join(', ') } };
  if (issue.code === 'invalid_value') {
    return { code: 'field_choice', values: { field, choices: issue.values.map(String).join(', ') } };
  }
  if (issue.code === 'invalid_type') return { code: 'field_type', values: { field, expected: issue.expected } };
  return { code: 'field_invalid', values: { field, said: issue.message } };
}
