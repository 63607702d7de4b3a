import { ENDPOINTS, ROUTES } from '@patchsteward/contract';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './openapi.ts';

const document = openApiDocument('1.2.3');
const { schemas } = document.components as { schemas: Record<string, unknown> };
const operations = Object.values(document.paths).flatMap((path) => Object.values(path));

/** Every value under a key, wherever it stands. */
function* valuesAt(key: string, value: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, child] of Object.entries(value)) {
    if (name === key) yield child;
    yield* valuesAt(key, child);
  }
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 and names ours', () => {
    expect(document).toMatchObject({ openapi: '3.1.0', info: { title: 'Patchsteward', version: '1.2.3' } });
  });

  it('has each route of the contract once', () => {
    expect(operations.map((operation) => String(operation['operationId'])).sort()).toEqual(Object.keys(ROUTES).sort());
    for (const [id, { method, path }] of Object.entries(ENDPOINTS)) {
      expect(document.paths[path]?.[method.toLowerCase()]).toMatchObject({ operationId: id });
    }
  });

  it('points only at components that are there, and has none that nothing points at', () => {
    const pointedAt = new Set([...valuesAt('$ref', document)].map(String));

    expect([...pointedAt].sort()).toEqual(
      Object.keys(schemas)
        .map((name) => `#/components/schemas/${name}`)
        .sort(),
    );
  });

  it('declares each parameter of each path', () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      const inPath = Array.from(path.matchAll(/\{(\w+)\}/g), (match) => match[1]);
      for (const operation of Object.values(methods)) {
        const parameters = (operation['parameters'] ?? []) as {
          name: string;
          in: string;
          required: boolean;
          schema: object;
        }[];
        const declared = parameters.filter((one) => one.in === 'path');

        expect([path, declared.map((one) => one.name)]).toEqual([path, inPath]);
        expect(declared.every((one) => one.required)).toBe(true);
        expect(parameters.every((one) => Object.keys(one.schema).length > 0)).toBe(true);
      }
    }
  });

  it('tells what a body must be before its defaults are filled in, and what an answer is after', () => {
    expect(schemas['ApiTokenRequest']).not.toHaveProperty('required');
    expect(document.paths['/api/v1/assets']?.['get']).toMatchObject({
      parameters: expect.arrayContaining([{ name: 'limit', in: 'query', required: false, schema: expect.anything() }]),
    });
  });

  it('says of bytes that they are bytes', () => {
    expect(document.paths['/agent/v1/sections/{section}/{hash}']?.['put']).toMatchObject({
      requestBody: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
      security: [{ agent: [] }],
    });
  });

  it('survives JSON without a loss', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
