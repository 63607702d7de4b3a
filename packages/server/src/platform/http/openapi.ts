import { ERRORS, ErrorBody, LiveMessage, ROUTES, type Route } from '@patchsteward/contract';
import { z } from 'zod';

type Json = { readonly [name: string]: unknown };

interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: Json;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly components: Json;
}

/** The contract as an OpenAPI 3.1 document: the same values that bind the handlers. // OpenAPI 3.1 */
export function openApiDocument(version: string): OpenApiDocument {
  const components = new Components();
  const paths: Record<string, Record<string, Json>> = {};
  const routes: readonly Route[] = Object.values(ROUTES);
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, components) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Patchsteward', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'patchsteward-session' },
        token: { type: 'http', scheme: 'bearer' },
        agent: { type: 'mutualTLS' },
      },
    },
  };
}

function operation(route: Route, components: Components): Json {
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split('.')[0]],
    security: securityOf(route),
    ...parametersOf(route, components),
    ...bodyOf(route, components),
    responses: responsesOf(route, components),
  };
}

function securityOf({ access }: Route): readonly Json[] {
  if (access === 'anybody' || access === 'agent-enrolling') return [];
  if (access === 'agent' || access === 'agent-renewing') return [{ agent: [] }];
  return [{ session: [] }, { token: [] }];
}

function parametersOf(route: Route, components: Components): Json {
  const parameters = [
    ...parametersIn('path', route.params, components),
    ...parametersIn('query', route.query, components),
  ];
  return parameters.length === 0 ? {} : { parameters };
}

function parametersIn(place: 'path' | 'query', schema: z.ZodType, components: Components): readonly Json[] {
  const { properties, required } = components.use(schema, 'input');
  if (typeof properties !== 'object' || properties === null) return [];
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, value]) => ({
    name,
    in: place,
    required: place === 'path' || needed.includes(name),
    schema: value,
  }));
}

function bodyOf({ body }: Route, components: Components): Json {
  if (body === 'none') return {};
  const content =
    body === 'bytes'
      ? { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
      : { 'application/json': { schema: components.use(body, 'input') } };
  return { requestBody: { required: true, content } };
}

function answerOf({ answer }: Route, components: Components): Json {
  if (answer === 'bytes') return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } };
  if (answer === 'events') return { 'text/event-stream': { schema: components.use(LiveMessage, 'output') } };
  return { 'application/json': { schema: components.use(answer, 'output') } };
}

function responsesOf(route: Route, components: Components): Json {
  const failure = { 'application/json': { schema: components.use(ErrorBody, 'output') } };
  const byStatus = new Map<number, string[]>();
  for (const code of route.errors)
    byStatus.set(ERRORS[code].status, [...(byStatus.get(ERRORS[code].status) ?? []), code]);
  return {
    200: { description: 'Done.', content: answerOf(route, components) },
    ...Object.fromEntries(
      [...byStatus].map(([status, codes]) => [status, { description: codes.join(', '), content: failure }]),
    ),
    default: { description: 'Refused: the code says why, whatToDo what helps.', content: failure },
  };
}

/** Schemas that have a name of their own, gathered as they are met. */
class Components {
  readonly schemas: Record<string, Json> = {};

  /** A schema with named parts moved to the components. */
  use(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $defs: parts, $schema: _, ...root } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
    const names = new Map<string, string>();
    const definitions: Readonly<Record<string, unknown>> = { ...parts, ...rootByName(root) };
    for (const [name, definition] of Object.entries(definitions)) names.set(name, this.#nameFor(name, definition, io));
    for (const [name, definition] of Object.entries(definitions)) {
      this.schemas[names.get(name) ?? name] = pointed(definition, names) as Json;
    }
    return typeof root['id'] === 'string'
      ? { $ref: `#/components/schemas/${names.get(root['id']) ?? root['id']}` }
      : (pointed(root, names) as Json);
  }

  /** A schema that reads otherwise than it writes (defaults, conversions) has two names. */
  #nameFor(name: string, definition: unknown, io: 'input' | 'output'): string {
    const earlier = this.schemas[name];
    const same = earlier === undefined || JSON.stringify(earlier) === JSON.stringify(pointed(definition, new Map()));
    return same ? name : `${name}${io === 'input' ? 'Input' : 'Output'}`;
  }
}

function rootByName(root: Json): Json {
  return typeof root['id'] === 'string' ? { [root['id']]: root } : {};
}

/** References as OpenAPI writes them, and without the `id` that named the part. */
function pointed(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (Array.isArray(value)) return value.map((item) => pointed(item, names));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([key, item]) => !(key === 'id' && typeof item === 'string'));
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (key !== '$ref' || typeof item !== 'string') return [key, pointed(item, names)];
      const name = item.replace(/^#\/\$defs\//, '');
      return [key, `#/components/schemas/${names.get(name) ?? name}`];
    }),
  );
}
