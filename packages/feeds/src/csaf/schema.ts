import { z } from 'zod';
import { NameText as Name } from '../name-text.ts';

// What we read of CSAF 2.0, and what it demands of every document. Unknown members are dropped. // CSAF 2.0 §3.2

const ProductIds = z.array(Name).min(1);

const Product = z.object({
  product_id: Name,
  name: z.string().min(1),
  product_identification_helper: z
    .object({
      cpe: z.string().optional(),
      purl: z.string().optional(),
      model_numbers: z.array(z.string()).optional(),
    })
    .optional(),
});
export type CsafProduct = z.infer<typeof Product>;

export interface CsafBranch {
  readonly category: string;
  readonly name: string;
  readonly product?: CsafProduct | undefined;
  readonly branches?: readonly CsafBranch[] | undefined;
}

// The depth is bounded where the bytes are read as JSON.
const Branch: z.ZodType<CsafBranch> = z.lazy(() =>
  z.object({
    category: z.string(),
    name: z.string().min(1),
    product: Product.optional(),
    branches: z.array(Branch).optional(),
  }),
);

const Relationship = z.object({
  category: z.string(),
  product_reference: Name,
  relates_to_product_reference: Name,
  full_product_name: z.object({ product_id: Name }),
});
export type CsafRelationship = z.infer<typeof Relationship>;

const ProductTree = z.object({
  branches: z.array(Branch).optional(),
  full_product_names: z.array(Product).optional(),
  relationships: z.array(Relationship).optional(),
  product_groups: z.array(z.object({ group_id: Name, product_ids: ProductIds })).optional(),
});
export type CsafProductTree = z.infer<typeof ProductTree>;

const ABOUT_PRODUCTS = { product_ids: ProductIds.optional(), group_ids: z.array(Name).optional() };

/** // CSAF 2.0 §3.2.3.9: the lists of products by what is known of them. */
const PRODUCT_STATUSES = [
  'fixed',
  'first_fixed',
  'known_not_affected',
  'known_affected',
  'first_affected',
  'last_affected',
  'under_investigation',
  'recommended',
] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** What we read of the schemas of CVSS; whether a vector fits its score is looked at where it is weighed. // CSAF 2.0 §3.2.3.13 */
const Cvss = z.object({
  vectorString: z.string().optional(),
  baseScore: z.number().optional(),
  baseSeverity: z.string().optional(),
});
export type CsafCvss = z.infer<typeof Cvss>;

const Vulnerability = z.object({
  cve: z.string().optional(),
  ids: z.array(z.object({ system_name: z.string(), text: Name })).optional(),
  release_date: z.string().optional(),
  scores: z.array(z.object({ cvss_v2: Cvss.optional(), cvss_v3: Cvss.optional() })).optional(),
  product_status: z.partialRecord(z.enum(PRODUCT_STATUSES), ProductIds).optional(),
  flags: z.array(z.object({ label: z.string(), ...ABOUT_PRODUCTS })).optional(),
  threats: z.array(z.object({ category: z.string(), details: z.string(), ...ABOUT_PRODUCTS })).optional(),
  remediations: z.array(z.object({ category: z.string(), ...ABOUT_PRODUCTS })).optional(),
});
export type CsafVulnerability = z.infer<typeof Vulnerability>;

export const CsafDocument = z.object({
  document: z.object({
    category: z.string().min(1),
    csaf_version: z.literal('2.0'),
    publisher: z.object({
      category: z.enum(['coordinator', 'discoverer', 'other', 'translator', 'user', 'vendor']),
      name: z.string().min(1),
      namespace: z.string().min(1),
    }),
    title: z.string().min(1),
    aggregate_severity: z.object({ text: z.string() }).optional(),
    references: z.array(z.object({ url: z.string() })).optional(),
    tracking: z.object({
      id: Name,
      aliases: z.array(Name).optional(),
      initial_release_date: z.string(),
      current_release_date: z.string(),
      revision_history: z.array(z.unknown()).min(1),
      status: z.enum(['draft', 'final', 'interim']),
      version: Name,
    }),
  }),
  product_tree: ProductTree.optional(),
  vulnerabilities: z.array(Vulnerability).optional(),
});
export type CsafDocument = z.infer<typeof CsafDocument>;

/** What names a document that cannot be used. */
export const CsafName = z.object({ document: z.object({ tracking: z.object({ id: Name }) }) });
