import { SECTIONS } from '@patchsteward/contract';
import { type Ecosystem, VERSION_ORDERS } from '@patchsteward/core/versions';
import type { InventorySections, SectionName, UpdateOffers } from '@patchsteward/core/vocabulary';
import { CanonicalJsonError, canonicalJson, sha256 } from '@patchsteward/trust';
import type { z } from 'zod';
import { detailsOf } from '../platform/http/bind.ts';
import { parseJson } from '../platform/http/json.ts';
import { Refusal } from '../platform/http/refusal.ts';

/** What the schemas of the contract make is what core works on. */
const SCHEMAS: { readonly [Name in SectionName]: z.ZodType<InventorySections[Name]> } = SECTIONS;

/**
 * A section as a host sent it: the bytes have the hash that they are stored under, are the canonical text of their
 * value, keep the contract, and name only versions that a package manager can have installed.
 */
export function readSection<Name extends SectionName>(
  name: Name,
  hash: string,
  bytes: Uint8Array,
): InventorySections[Name] {
  if (sha256(bytes) !== hash) {
    throw new Refusal('section-hash-mismatch', `The section ${name} does not have the hash ${hash}.`);
  }
  const value = parseJson(bytes);
  if (!isPlainlyCanonical(value, bytes)) refuseUnlessCanonical(name, value, bytes);
  const section = validSection(name, value);
  for (const { label, version, ecosystem } of versionsOf(name, section)) {
    if (!VERSION_ORDERS[ecosystem].isValid(version)) {
      throw new Refusal('version-impossible', `${label} cannot have the version ${JSON.stringify(version)}.`);
    }
  }
  return section;
}

/**
 * Names in order, and the text that JavaScript writes: what RFC 8785 asks for, found in a third of the time. An escaped
 * half of a surrogate pair is written back as it came, and left to the long way.
 */
function isPlainlyCanonical(value: unknown, bytes: Uint8Array): boolean {
  const text = JSON.stringify(value);
  return !text.includes('\\ud') && hasNamesInOrder(value) && Buffer.from(text, 'utf8').equals(bytes);
}

/** No deeper than a body may be. */
function hasNamesInOrder(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(hasNamesInOrder);
  let last = '';
  for (const [name, part] of Object.entries(value)) {
    if (name < last || !hasNamesInOrder(part)) return false;
    last = name;
  }
  return true;
}

/** One value, one text, one hash: a second spelling of the same inventory would be judged and stored twice. */
function refuseUnlessCanonical(name: SectionName, value: unknown, bytes: Uint8Array): void {
  let canonical: string;
  try {
    canonical = canonicalJson(value);
  } catch (error) {
    if (!(error instanceof CanonicalJsonError)) throw error;
    throw new Refusal('section-invalid', `The section ${name} holds what has no canonical JSON.`, {
      details: [{ path: error.path, problem: error.fault }],
    });
  }
  if (!Buffer.from(canonical, 'utf8').equals(bytes)) {
    throw new Refusal('section-hash-mismatch', `The section ${name} is not written as canonical JSON (RFC 8785).`);
  }
}

function validSection<Name extends SectionName>(name: Name, value: unknown): InventorySections[Name] {
  const result = SCHEMAS[name].safeParse(value);
  if (!result.success) {
    throw new Refusal('section-invalid', `The section ${name} breaks the contract.`, {
      details: detailsOf(name, result.error),
    });
  }
  return result.data;
}

interface NamedVersion {
  readonly label: string;
  readonly version: string;
  readonly ecosystem: Ecosystem;
}

function versionsOf(name: SectionName, section: InventorySections[SectionName]): readonly NamedVersion[] {
  if (name === 'packages' && 'packages' in section) {
    const { ecosystem } = section;
    // What a list names may have any version: those that cannot be judged say why where they are judged.
    if (ecosystem === 'components') return [];
    return section.packages.flatMap((installed) => [
      { label: `The package ${installed.name}`, version: installed.version, ecosystem },
      { label: `The source ${installed.source} of ${installed.name}`, version: installed.sourceVersion, ecosystem },
    ]);
  }
  return name === 'updates' && 'updates' in section ? versionsOfUpdates(section) : [];
}

function versionsOfUpdates(section: UpdateOffers): readonly NamedVersion[] {
  const { ecosystem = 'deb' } = section;
  return section.updates.flatMap((update) => [
    { label: `The installed package ${update.name}`, version: update.from, ecosystem },
    { label: `The offered package ${update.name}`, version: update.to, ecosystem },
    { label: `The source ${update.source} of ${update.name}`, version: update.sourceVersion, ecosystem },
  ]);
}
