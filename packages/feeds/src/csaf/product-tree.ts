import type { CsafBranch, CsafProduct, CsafProductTree, CsafRelationship } from './schema.ts';

/** A product with the names of the branches above it. */
export interface TreeProduct {
  readonly product: CsafProduct;
  /** By category, the innermost last: `vendor`, `product_name`, `product_version_range` … */
  readonly branches: readonly Pick<CsafBranch, 'category' | 'name'>[];
}

/** The products of a document by their ids. // CSAF 2.0 §3.2.2 */
export interface ProductTree {
  readonly products: ReadonlyMap<string, TreeProduct>;
  readonly relationships: ReadonlyMap<string, CsafRelationship>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

export function productTreeOf(tree: CsafProductTree | undefined): ProductTree {
  const products = new Map<string, TreeProduct>();
  for (const product of tree?.full_product_names ?? []) products.set(product.product_id, { product, branches: [] });
  for (const branch of tree?.branches ?? []) collect(branch, [], products);
  return {
    products,
    relationships: new Map((tree?.relationships ?? []).map((one) => [one.full_product_name.product_id, one])),
    groups: new Map((tree?.product_groups ?? []).map(({ group_id, product_ids }) => [group_id, product_ids])),
  };
}

function collect(branch: CsafBranch, above: TreeProduct['branches'], products: Map<string, TreeProduct>): void {
  const branches = [...above, { category: branch.category, name: branch.name }];
  if (branch.product !== undefined) products.set(branch.product.product_id, { product: branch.product, branches });
  for (const inner of branch.branches ?? []) collect(inner, branches, products);
}

/** The products that a remark, a flag or a remediation is about, its groups resolved; null: about all. */
export function productsMeant(
  { product_ids: ids, group_ids: groups }: { product_ids?: string[] | undefined; group_ids?: string[] | undefined },
  tree: ProductTree,
): ReadonlySet<string> | null {
  if (ids === undefined && groups === undefined) return null;
  return new Set([...(ids ?? []), ...(groups ?? []).flatMap((group) => tree.groups.get(group) ?? [])]);
}
