import {
  componentKey,
  type ProductCycle,
  type SupportedProduct,
  type SupportPhase,
} from '@patchsteward/core/1-identification';
import { DAY_MS } from '@patchsteward/core/vocabulary';
import { productOfCpe } from '../csaf/cpe.ts';
import { purlOf } from '../csaf/purl.ts';
import { instantOfDay } from '../instant.ts';
import { type Quarantined, quarantined } from '../quarantine.ts';
import type { Cycle, Product } from './schema.ts';

/** Packages of distributions, and images built from them: whoever builds them supports them. */
const BUILT_BY_OTHERS: ReadonlySet<string> = new Set(['deb', 'rpm', 'apk', 'alpm', 'docker', 'oci', 'brew']);

/** A day on which something of a release ends, and for whom. */
export interface End {
  readonly phase: SupportPhase;
  readonly day: string;
}

/** A product with its releases, their names and ends; none where it has no release. */
export function supportedProduct(
  { name, scope }: Pick<SupportedProduct, 'name' | 'scope'>,
  { title, category, identifiers, releases }: Product,
  refused: Quarantined[],
): SupportedProduct[] {
  if (releases.length === 0 || title === null) return [];
  const product = {
    name,
    scope,
    title,
    cpes: [...new Set(identifiers.flatMap((text) => productOfCpe(text) ?? []))],
    components: [...new Set(identifiers.flatMap(componentOf))],
    isDevice: category === 'device',
    cycles: releases.map((cycle) => cycleOf(name, cycle, refused)),
  };
  return [product];
}

/**
 * For everybody until `eol`; for subscribers until `eoes`. A release that becomes a long-term one is in its regular
 * support until that day, and one that is a long-term release from the first has no other.
 */
export function endsOfCycle({ lts, eol, eoes }: Cycle): End[] {
  const isLongTerm = lts === true || typeof lts === 'string';
  return [
    ...(typeof lts === 'string' && typeof eol === 'string' && lts < eol
      ? [{ phase: 'regular', day: lts } as const]
      : []),
    ...(typeof eol === 'string' ? [{ phase: isLongTerm ? 'lts' : 'regular', day: eol } as const] : []),
    ...(typeof eoes === 'string' ? [{ phase: 'extended', day: eoes } as const] : []),
  ];
}

function cycleOf(product: string, cycle: Cycle, refused: Quarantined[]): ProductCycle {
  const ends: Partial<Record<SupportPhase, number>> = {};
  for (const { phase, day } of endsOfCycle(cycle)) {
    const start = instantOfDay(day);
    if (start === null) refused.push(quarantined(`${product} ${cycle.releaseCycle}`, `its end is no day: ${day}`));
    else ends[phase] = start + DAY_MS;
  }
  return { name: cycle.releaseCycle, labels: labelsOf(cycle), latest: cycle.latest ?? null, ends };
}

/** `2019 'Aris'` and `15 (Sequoia)` call the release by its number and its codename. */
function labelsOf({ releaseCycle, releaseLabel, codename }: Cycle): string[] {
  const label = (releaseLabel ?? '')
    .replaceAll('__RELEASE_CYCLE__', releaseCycle)
    .replaceAll(/\(.*?\)|'.*?'/g, ' ')
    .trim();
  const names = [label, codename ?? ''].filter((one) => one !== '' && one !== releaseCycle);
  return [...new Set(names)];
}

function componentOf(identifier: string): string[] {
  const purl = purlOf(identifier);
  if (purl === null || BUILT_BY_OTHERS.has(purl.type)) return [];
  const { type, namespace, name } = purl;
  if (namespace === null) return [componentKey(type, name)];
  return [componentKey(type, type === 'maven' ? `${namespace}:${name}` : `${namespace}/${name}`)];
}
