import { z } from 'zod';

/** A day, or whether there is an end at all. */
const End = z.union([z.string(), z.boolean()]).nullish();
/** As long as any name of a release or a product that anybody writes. */
const NAME_CHARACTERS_MAX = 200;
const Name = z.string().max(NAME_CHARACTERS_MAX);
/** What says nothing of an end is left out where it cannot be read, instead of the release that it stands in. */
const Word = Name.nullish().catch(undefined);

const ReleaseCycle = z.object({
  releaseCycle: z.string().min(1).max(64),
  releaseLabel: Word,
  codename: Word,
  latest: z.coerce.string().max(NAME_CHARACTERS_MAX).optional().catch(undefined),
  lts: End,
  eol: End,
  eoes: End,
});

export type Cycle = z.infer<typeof ReleaseCycle>;

/** A release as version 1 of the interface writes it. // endoflife.date API v1 */
const Release = z
  .object({
    name: z.string().min(1).max(64),
    label: Word,
    codename: Word,
    latest: z.object({ name: Name }).nullish().catch(undefined),
    isLts: z.boolean().nullish(),
    ltsFrom: End,
    isEol: z.boolean().optional(),
    eolFrom: End,
    isEoes: z.boolean().nullish(),
    eoesFrom: End,
  })
  .transform(({ name, label, codename, latest, isLts, ltsFrom, isEol, eolFrom, isEoes, eoesFrom }) => ({
    releaseCycle: name,
    releaseLabel: label,
    codename,
    latest: latest?.name,
    lts: ltsFrom ?? isLts,
    eol: eolFrom ?? isEol,
    eoes: eoesFrom ?? isEoes,
  }));

/** `{ purl: … }`, or `{ type: 'purl', id: … }` in version 1. */
const Identifier = z
  .object({ purl: Word, cpe: Word, id: Word })
  .transform(({ purl, cpe, id }) => [purl, cpe, id].filter((one) => one != null));
const Product = z
  .object({
    title: Word,
    label: Word,
    category: Word,
    identifiers: z.array(Identifier).optional().catch(undefined),
    releases: z.array(z.union([ReleaseCycle, Release])),
  })
  .transform(({ title, label, category, identifiers, releases }) => ({
    title: title ?? label ?? null,
    category: category ?? null,
    identifiers: (identifiers ?? []).flat(),
    releases,
  }));

/** A product with its releases. */
export type Product = z.infer<typeof Product>;

const NamedProduct = z.looseObject({ name: z.string(), releases: z.unknown() });
const Answer = z.object({
  schema_version: z.string(),
  /** Of all products. */
  generated_at: z.string().optional().catch(undefined),
  /** Of one. */
  last_modified: z.string().optional().catch(undefined),
  result: z.union([z.array(NamedProduct), NamedProduct.transform((one) => [one])]),
});

/** What version 1 answers: of all products, or of one. */
export interface ProductAnswer {
  /** By name, each as `productOf` reads it. */
  readonly products: readonly (readonly [name: string, product: unknown])[];
  readonly at: string | null;
}

/** null: this is no answer of version 1. */
export function answerOf(value: unknown): ProductAnswer | null {
  const answer = Answer.safeParse(value);
  if (!answer.success) return null;
  const { result, generated_at, last_modified } = answer.data;
  return { products: result.map((one) => [one.name, one] as const), at: generated_at ?? last_modified ?? null };
}

/** null: this is no product of endoflife.date. */
export function productOf(value: unknown): Product | null {
  const product = Product.safeParse(value);
  return product.success ? product.data : null;
}
