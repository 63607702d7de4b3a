import { listOf, objectOf, textOf } from './json-values.ts';

/** For people, who want to know whom to ask. */
const CHARACTERS_MAX = 255;

/** What wrote a bill, as both standards say it. // CycloneDX metadata.tools, SPDX creationInfo.creators */
export function toolOf(document: unknown): string | null {
  const bill = objectOf(document);
  const tools = objectOf(bill?.['metadata'])?.['tools'];
  const tool = objectOf(listOf(tools)[0] ?? listOf(objectOf(tools)?.['components'])[0]);
  const name = textOf(tool?.['name']);
  if (name !== null) return [name, textOf(tool?.['version']) ?? ''].join(' ').trim().slice(0, CHARACTERS_MAX);
  const creators = listOf(objectOf(bill?.['creationInfo'])?.['creators']).map(textOf);
  return creators.find((creator) => creator?.startsWith(TOOL))?.slice(TOOL.length, CHARACTERS_MAX) ?? null;
}

const TOOL = 'Tool: ';
