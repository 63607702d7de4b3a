/** The scope in which claims speak of products that are no package of anybody: firmware, appliances, applications. */
export const PRODUCT_SCOPE = 'product';

/**
 * The name under which claims and assets meet on a product that is no package. Case, blanks and marks differ from list
 * to list (`SCALANCE X200-4P IRT`, `Scalance X200 4P/IRT`), letters and digits do not. Empty: it names nothing.
 */
export function productKey(vendor: string, product: string): string {
  const [maker, made] = [slug(vendor), slug(product)];
  return made === '' ? '' : `${maker}/${made}`;
}

/** The vendor in the name of a product, as `productKey` writes it. */
export function vendorOf(key: string): string {
  return key.slice(0, Math.max(key.indexOf('/'), 0));
}

function slug(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}
