import { type BillRequest, REFUSED_ENTRIES_MAX } from '@patchsteward/contract';
import type { Component } from '@patchsteward/core/1-identification';
import {
  isCycloneDx,
  isSpdx,
  type PackageList,
  readCycloneDx,
  readSpdx,
} from '@patchsteward/standards/bill-of-materials';
import { parseJson } from '../platform/http/json.ts';
import { Refusal } from '../platform/http/refusal.ts';

export interface ReadBill {
  readonly form: 'cyclonedx' | 'spdx';
  readonly tool: string | null;
  readonly components: readonly Component[];
  readonly refused: PackageList['refused'];
}

/** A bill of materials as it came. Throws where it cannot be used as a whole. */
export function readBill({ text }: Pick<BillRequest, 'text'>): ReadBill {
  const document = parseJson(new TextEncoder().encode(text));
  if (isCycloneDx(document)) return usable('cyclonedx', readCycloneDx(document, null), document);
  if (isSpdx(document)) return usable('spdx', readSpdx(document, null), document);
  throw unusable('it is neither CycloneDX JSON nor SPDX 2 JSON');
}

function usable(form: ReadBill['form'], list: PackageList | string, document: unknown): ReadBill {
  if (typeof list === 'string') throw unusable(list);
  return { form, tool: toolOf(document), ...list };
}

function unusable(problem: string): Refusal {
  return new Refusal('bad-request', `The bill of materials cannot be used: ${problem}.`, {
    details: [{ path: 'body.text', problem }],
  });
}

/** What wrote it, as both standards say it: for people alone. // CycloneDX metadata.tools, SPDX creationInfo.creators */
function toolOf(document: unknown): string | null {
  const metadata = fieldOf(document, 'metadata');
  const tools = fieldOf(metadata, 'tools');
  const tool = firstOf(tools) ?? firstOf(fieldOf(tools, 'components'));
  const [name, version] = [fieldOf(tool, 'name'), fieldOf(tool, 'version')];
  if (typeof name === 'string')
    return [name, typeof version === 'string' ? version : ''].join(' ').trim().slice(0, 255);
  const creators = fieldOf(fieldOf(document, 'creationInfo'), 'creators');
  const creator: unknown = Array.isArray(creators) ? creators.find((one) => String(one).startsWith('Tool: ')) : null;
  return typeof creator === 'string' ? creator.slice('Tool: '.length, 255) : null;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : undefined;
}

/** As many as are kept of those that could not be used. */
export function shownRefused(refused: ReadBill['refused']): ReadBill['refused'] {
  return refused
    .slice(0, REFUSED_ENTRIES_MAX)
    .map(({ entry, problem }) => ({ entry: entry.slice(0, 255), problem: problem.slice(0, 500) }));
}
