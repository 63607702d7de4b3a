import { z } from 'zod';

/** A day, or whether there is an end at all. */
const End = z.union([z.string(), z.boolean()]).nullish();
const ReleaseCycle = z.object({ releaseCycle: z.string().min(1).max(64), eol: End, eoes: End });
const Product = z.object({ releases: z.array(ReleaseCycle) });

export type Cycle = z.infer<typeof ReleaseCycle>;

/** null: this is no product of endoflife.date. */
export function cyclesOf(value: unknown): readonly Cycle[] | null {
  const product = Product.safeParse(value);
  return product.success ? product.data.releases : null;
}
