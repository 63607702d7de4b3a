import { z } from 'zod';
import { AssetSummary } from './identification.ts';
import { LaneText } from './parts.ts';
import { PageQuery, TEXT_CHARACTERS_MAX, Text } from './units.ts';

/** More values of one filter than anybody chooses by hand. */
const VALUES_MAX = 50;
/** More than any fleet has; a page further on is reached by its cursor. */
const SKIP_MAX = 1_000_000;

/** Several words with commas between them; any of them fits. */
function anyOf<Word extends z.ZodType<string, string>>(word: Word) {
  return z
    .string()
    .min(1)
    .max(TEXT_CHARACTERS_MAX)
    .transform((text) => text.split(','))
    .pipe(z.array(word).min(1).max(VALUES_MAX));
}

const YesNo = z.enum(['yes', 'no']).transform((word) => word === 'yes');
const Word = Text.min(1);
/** Facts that an asset may be without. */
const WITHOUT = ['owner', 'role', 'maintenance-group', 'redundancy-group', 'tag'] as const;

/** Which assets: each word narrows what the others leave. // checklist c1 c2 */
const FILTER = {
  search: Text.optional(),
  /** Scopes as in `debian:12`; `unknown` for those that have not said, or that have no version. */
  release: anyOf(Word).optional(),
  /** How the vendor supports its platform. */
  support: anyOf(AssetSummary.shape.support.shape.state).optional(),
  criticality: anyOf(AssetSummary.shape.criticality).optional(),
  exposure: anyOf(AssetSummary.shape.exposure).optional(),
  environment: anyOf(AssetSummary.shape.environment).optional(),
  /** Who speaks for it: `agent`, `import`, `api`. */
  origin: anyOf(AssetSummary.shape.origin).optional(),
  ring: YesNo.optional(),
  /** Exactly; an owner may have a comma in the name. */
  owner: Word.optional(),
  maintenanceGroup: anyOf(Word).optional(),
  redundancyGroup: anyOf(Word).optional(),
  /** All of them. */
  tag: anyOf(Word).optional(),
  without: anyOf(z.enum(WITHOUT)).optional(),
  /** Has not reported for longer than it should. */
  stale: YesNo.optional(),
  reboot: YesNo.optional(),
  /** Has a vulnerability that is known to be exploited. */
  exploited: YesNo.optional(),
  /** The lane of the most urgent of its findings; `none`: nothing is due. */
  lane: anyOf(z.enum([...LaneText.options, 'none'])).optional(),
  /** `no`: nobody has looked for vulnerabilities there; `partly`: nobody speaks of some of its components. */
  judged: anyOf(z.enum(['yes', 'partly', 'no'])).optional(),
};

export const AssetFilter = z.strictObject(FILTER).meta({ id: 'AssetFilter' });
export type AssetFilter = z.output<typeof AssetFilter>;
/** As it stands in an address and in a body. */
export type AssetFilterWords = z.input<typeof AssetFilter>;

export const ASSET_SORTS = ['name', 'urgent', 'seen', 'findings'] as const;
export type AssetSort = (typeof ASSET_SORTS)[number];

export const AssetFacetsQuery = z.object(FILTER);
export const AssetListQuery = PageQuery.extend({
  ...FILTER,
  /** `urgent`: by the due time; `seen`: the longest silent first; `findings`: the most first. */
  sort: z.enum(ASSET_SORTS).default('name'),
  /** So many of the list are left out: the place of a scroll bar. With a cursor they are counted from there. */
  skip: z.coerce.number().int().min(0).max(SKIP_MAX).default(0),
});

export const ASSET_FACETS = [
  'release',
  'support',
  'criticality',
  'exposure',
  'environment',
  'origin',
  'ring',
  'owner',
  'maintenanceGroup',
  'redundancyGroup',
  'tag',
  'stale',
  'reboot',
  'exploited',
  'lane',
  'judged',
] as const;
export type AssetFacetName = (typeof ASSET_FACETS)[number];

const Facet = z.object({
  name: z.enum(ASSET_FACETS),
  /** The most frequent first. A facet that is filtered by shows what there would be without its filter. */
  values: z.array(
    z.object({
      /** As the filter takes it; null: without one. */
      value: z.string().nullable(),
      assets: z.number().int(),
    }),
  ),
  /** There are more values than are told. */
  more: z.boolean(),
});
export type AssetFacet = z.infer<typeof Facet>;

export const AssetFacets = z
  .object({
    /** Assets that the filter leaves. */
    total: z.number().int(),
    facets: z.array(Facet),
  })
  .meta({ id: 'AssetFacets' });
export type AssetFacets = z.infer<typeof AssetFacets>;
