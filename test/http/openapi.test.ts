import { describe, expect, it } from 'vitest';
import { contract } from '../../server/http/contract/index.ts';
import { openApiDocument } from '../../server/http/openapi.ts';

type Operation = {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; required: boolean; schema: object }[];
  requestBody?: { content: { 'application/json': { schema: Record<string, unknown> } } };
  responses: Record<string, { content?: Record<string, { schema: Record<string, unknown> }> }>;
};
type Document = {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Record<string, unknown>>; responses: Record<string, object> };
};

const document: Document = JSON.parse(JSON.stringify(openApiDocument('1.2.3')));
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the OpenAPI document', () => {
  it('says what it is', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Whetstone', version: '1.2.3' } });
  });

  it('has every operation of the contract and no other', () => {
    const keys = operations.map(({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`);
    expect(keys.sort()).toEqual(Object.keys(contract).sort());
  });

  it('names each operation once', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('getProjectsByProjectRuns');
    for (const { operation } of operations) expect(operation.summary).not.toBe('');
  });

  it('declares the parameters that a path has, and those only', () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = operation.parameters.filter((parameter) => parameter.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it('demands only what must be given', () => {
    const query = document.paths['/api/projects/{project}/prompts/{prompt}/export']?.get?.parameters;
    const required = query?.filter((parameter) => parameter.in === 'query' && parameter.required);
    expect(required?.map(({ name }) => name)).toEqual(['format']);
  });

  it('describes bodies as they are sent and answers as they come back', () => {
    const { post } = document.paths['/api/projects/{project}/sets/import'] ?? {};
    const body = post?.requestBody?.content['application/json'].schema;
    // `holdout` has a default: it may be left out of what is sent.
    expect(body).toMatchObject({ type: 'object', required: ['set', 'fileName', 'text'], additionalProperties: false });
    const answer = post?.responses['200']?.content?.['application/json']?.schema;
    expect(answer).toMatchObject({ type: 'object', properties: { added: { type: 'number' } } });
  });

  it('answers with a body, with nothing, or with another media type, and has one shape of error', () => {
    for (const { operation } of operations) {
      const statuses = Object.keys(operation.responses);
      expect(statuses).toHaveLength(2);
      expect(operation.responses.default).toEqual({ $ref: '#/components/responses/Error' });
    }
    expect(Object.keys(document.paths['/api/connections/{slug}']?.delete?.responses ?? {})).toContain('204');
    const events = document.paths['/api/runs/{run}/events']?.get?.responses['200'];
    expect(Object.keys(events?.content ?? {})).toEqual(['text/event-stream']);
    expect(document.components.schemas.Error).toMatchObject({
      properties: { error: { required: ['code', 'message', 'details'] } },
    });
  });

  it('refers only to what it holds', () => {
    const text = JSON.stringify(document);
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference]) => reference));
    expect([...references].sort()).toEqual(['#/components/responses/Error', '#/components/schemas/Error']);
    expect(text).not.toContain('$defs');
    expect(text).not.toContain('$schema');
  });
});
