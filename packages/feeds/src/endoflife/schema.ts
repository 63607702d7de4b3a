import { z } from 'zod';

/** A day, or whether there is an end at all. */
const End = z.union([z.string(), z.boolean()]).nullish();
const ReleaseCycle = z.object({ releaseCycle: z.string().min(1).max(64), eol: End, eoes: End });

export type Cycle = z.infer<typeof ReleaseCycle>;

/** A release as version 1 of the interface writes it. // endoflife.date API v1 */
const Release = z
  .object({
    name: z.string().min(1).max(64),
    isEol: z.boolean().optional(),
    eolFrom: End,
    isEoes: z.boolean().nullish(),
    eoesFrom: End,
  })
  .transform(({ name, isEol, eolFrom, isEoes, eoesFrom }) => ({
    releaseCycle: name,
    eol: eolFrom ?? isEol,
    eoes: eoesFrom ?? isEoes,
  }));
const Product = z.object({ releases: z.array(z.union([ReleaseCycle, Release])) });
const NamedProduct = z.object({ name: z.string(), releases: z.unknown() });
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
  /** By name, each as `cyclesOf` reads it. */
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
export function cyclesOf(value: unknown): readonly Cycle[] | null {
  const product = Product.safeParse(value);
  return product.success ? product.data.releases : null;
}
