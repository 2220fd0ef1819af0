import { describe, expect, it } from 'vitest';
import { contract } from '../../server/http/contract/index.ts';
import { openApiDocument } from '../../server/http/openapi.ts';
import {
  curlOf,
  exampleOf,
  limitsOf,
  type OpenApiDocument,
  type Operation,
  operationsOf,
  partsOf,
  typeOf,
} from '../../web/src/pages/reference/openapi.ts';

const document: OpenApiDocument = JSON.parse(JSON.stringify(openApiDocument('1.2.3')));
const operations = operationsOf(document);

function operation(method: string, path: string): Operation {
  const found = operations.find((one) => one.method === method && one.path === path);
  if (found === undefined) throw new Error(`The document lacks ${method} ${path}`);
  return found;
}

it('shows every operation of the contract', () => {
  const shown = operations.map(({ method, path }) => `${method} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
  expect(shown.sort()).toEqual(Object.keys(contract).sort());
});

it('groups operations by what they are about', () => {
  expect(operation('GET', '/api/projects').group).toBe('projects');
  expect(operation('GET', '/api/projects/{project}').group).toBe('projects');
  expect(operation('POST', '/api/projects/{project}/runs/plan').group).toBe('runs');
  expect(operation('GET', '/api/runs/{run}').group).toBe('runs');
});

describe('a schema', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: ['number', 'null'] }, 'number | null'],
    [{ enum: ['dev', 'holdout'] }, '"dev" | "holdout"'],
    [{ type: 'array', items: { type: 'object' } }, 'array of object'],
    [{ prefixItems: [{ type: 'number' }, { type: 'number' }] }, '[number, number]'],
    [{ anyOf: [{ type: 'number' }, { type: 'null' }] }, 'number | null'],
    [{}, 'any'],
  ])('%j is called %s', (schema, name) => {
    expect(typeOf(schema)).toBe(name);
  });

  it('names the variants of a union by their tag', () => {
    const tagged = (tag: string) => ({
      type: 'object',
      properties: { type: { const: tag }, value: { type: 'number' } },
    });
    expect(partsOf({ oneOf: [tagged('count'), tagged('rate')] }).map(({ name }) => name)).toEqual([
      'type: "count"',
      'type: "rate"',
    ]);
  });

  it('says its limits, but not those of the number format', () => {
    expect(limitsOf({ minimum: 1, maximum: 20 })).toEqual(['1…20']);
    expect(limitsOf({ maximum: Number.MAX_SAFE_INTEGER })).toEqual([]);
    expect(limitsOf({ maxLength: 80 })).toEqual(['…80 characters']);
  });
});

it('gives examples of bodies that the contract takes', () => {
  const body = operation('POST', '/api/projects').body ?? {};
  expect(contract['POST /api/projects'].body.safeParse(exampleOf(body)).success).toBe(true);
  const connection = operation('POST', '/api/connections').body ?? {};
  expect(contract['POST /api/connections'].body.safeParse(exampleOf(connection)).success).toBe(true);
});

it('writes a command that says method, body and required query', () => {
  expect(curlOf(operation('GET', '/api/projects'), 'http://127.0.0.1:4300')).toBe(
    "curl 'http://127.0.0.1:4300/api/projects'",
  );
  expect(curlOf(operation('POST', '/api/projects'), 'http://h')).toContain(`-d '{"name":"…"}'`);
  expect(curlOf(operation('GET', '/api/projects/{project}/prompts/{prompt}/export'), 'http://h')).toContain(
    '?format=prompt.yml',
  );
  expect(curlOf(operation('GET', '/api/runs/{run}/events'), 'http://h')).toContain('-N');
});
