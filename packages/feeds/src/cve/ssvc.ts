import type { SsvcPoint } from '@patchsteward/core/2-evaluation';
import { z } from 'zod';
import { instantOf } from '../instant.ts';

/** `options` is a list of objects with one member each. // CISA Vulnrichment, SSVC metrics */
const SsvcContent = z.object({
  options: z.array(z.record(z.string(), z.unknown())),
  version: z.string().max(64).nullish().catch(null),
  timestamp: z.string().nullish().catch(null),
});

const EXPLOITATION = { none: 'none', poc: 'public_poc', active: 'active' } as const;
const AUTOMATABLE = { no: false, yes: true } as const;
const IMPACT = { partial: 'partial', total: 'total' } as const;

/** The inputs of SSVC in a metric; a text where it is none. Words come in either case. */
export function ssvcPoint(content: unknown, source: string): SsvcPoint | string {
  const read = SsvcContent.safeParse(content);
  if (!read.success) return 'its SSVC has no options';
  const said = new Map<string, string>();
  for (const option of read.data.options) {
    for (const [name, value] of Object.entries(option)) {
      if (typeof value === 'string') said.set(name.toLowerCase(), value.toLowerCase());
    }
  }
  const point = {
    source,
    exploitation: oneOf(EXPLOITATION, said.get('exploitation')),
    automatable: oneOf(AUTOMATABLE, said.get('automatable')),
    technicalImpact: oneOf(IMPACT, said.get('technical impact')),
    version: read.data.version ?? null,
    at: read.data.timestamp == null ? null : instantOf(read.data.timestamp),
  };
  const { exploitation, automatable, technicalImpact } = point;
  const isEmpty = exploitation === null && automatable === null && technicalImpact === null;
  return isEmpty ? 'its SSVC says nothing that is known' : point;
}

function oneOf<Words extends Readonly<Record<string, unknown>>>(
  words: Words,
  word: string | undefined,
): Words[keyof Words] | null {
  // The own keys of the table are its words: any other text is none of them.
  return word !== undefined && Object.hasOwn(words, word) ? (words[word as keyof Words] ?? null) : null;
}
