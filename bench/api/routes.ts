import { ROUTES, type Route } from '@patchsteward/contract';

/** Lists and searches that people ask for: what answers with items or pages, or takes a search. */
export function listRoutes(routes: Readonly<Record<string, Route>> = ROUTES): readonly Route[] {
  return Object.values(routes).filter((route) => route.method === 'GET' && route.access !== 'agent' && isList(route));
}

function isList({ answer, query }: Route): boolean {
  const told = fieldsOf(answer);
  return told.includes('items') || told.includes('next') || fieldsOf(query).includes('search');
}

function fieldsOf(schema: Route['answer']): readonly string[] {
  if (typeof schema === 'string' || !('shape' in schema)) return [];
  return Object.keys(Object(schema.shape));
}
