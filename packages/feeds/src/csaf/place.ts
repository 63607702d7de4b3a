import {
  type Claim,
  claimScopeOf,
  orderOfPackages,
  PRODUCT_SCOPE,
  packageKey,
  packageTypeOf,
  productKey,
} from '@patchsteward/core/1-identification';
import { ALL_VERSION_ORDERS } from '@patchsteward/core/versions';
import { productOfCpe, scopeOfCpe } from './cpe.ts';
import type { ProductTree, TreeProduct } from './product-tree.ts';
import { type Purl, purlOf } from './purl.ts';
import { rpmPackageOf, streamOf } from './rpm-package.ts';
import { type VersionStatement, versionsOfRange } from './version-statement.ts';

/** What a product of a document is to us: a package on a release or in a registry, or a product by its names. */
export interface Place extends VersionStatement {
  readonly scope: string;
  readonly packageKind: Claim['packageKind'];
  /** Several where a product is known by several. */
  readonly packageNames: readonly string[];
  readonly architecture: string | null;
  /** The one version of an rpm that a vendor lists; fixes are read from it. */
  readonly build: string | null;
}

/** A relation to a module that stands in a repository that stands on a release: deeper goes no vendor. */
const RELATIONS_DEPTH_MAX = 4;

/** Where a product id of a status list stands; a text where nothing can be judged by it. */
export function placeOf(id: string, tree: ProductTree): Place | string {
  const relation = tree.relationships.get(id);
  if (relation === undefined) {
    const product = tree.products.get(id);
    return product === undefined ? `${id} is not in its product tree` : placeOfProduct(product, null, null);
  }
  const platform = platformOf(relation.relates_to_product_reference, tree, 0);
  const part = tree.products.get(relation.product_reference);
  if (part === undefined || platform === null) return `${id} relates what is not in its product tree`;
  if (platform.scope !== null) return placeOfProduct(part, platform.scope, platform.module);
  return placeOfPair(relation.category, part, platform.product);
}

interface Platform {
  readonly product: TreeProduct;
  readonly scope: string | null;
  readonly module: string | null;
}

/** What a package is a part of: a release, or a module of one. */
function platformOf(id: string, tree: ProductTree, depth: number): Platform | null {
  const product = tree.products.get(id);
  if (product !== undefined) {
    const { cpe } = product.product.product_identification_helper ?? {};
    return { product, scope: cpe === undefined ? null : scopeOfCpe(cpe), module: null };
  }
  const relation = tree.relationships.get(id);
  if (relation === undefined || depth === RELATIONS_DEPTH_MAX) return null;
  const outer = platformOf(relation.relates_to_product_reference, tree, depth + 1);
  const part = tree.products.get(relation.product_reference);
  if (outer === null || part === undefined) return outer;
  // `nodejs:18:9040020240301111035:rhel9`: a module is a part of the release, and the package a part of it.
  const purl = helperPurlOf(part);
  const isModule = purl?.type === 'rpmmod' || (purl === null && /^[^:]+:[^:]+:\d+:/.test(part.product.product_id));
  return isModule ? { ...outer, module: streamOf(moduleOf(purl, part)) } : outer;
}

function moduleOf(purl: Purl | null, { product }: TreeProduct): string {
  return purl === null ? product.product_id : `${purl.name}:${purl.version ?? ''}`;
}

function helperPurlOf({ product }: TreeProduct): Purl | null {
  const text = product.product_identification_helper?.purl;
  return text === undefined ? null : purlOf(text);
}

/** A product by itself, or on the release of a distribution. */
function placeOfProduct(part: TreeProduct, release: string | null, module: string | null): Place | string {
  const purl = helperPurlOf(part);
  const scope = release ?? releaseOf(purl);
  if (scope !== null && packageTypeOf(scope) === 'rpm' && (purl === null || purl.type === 'rpm')) {
    return placeOfRpm(purl, part, scope, module);
  }
  if (purl !== null) return placeOfPurl(purl, part, scope);
  const { cpe } = part.product.product_identification_helper ?? {};
  // The release of a distribution alone is judged package by package.
  if (release !== null || (cpe !== undefined && scopeOfCpe(cpe) !== null)) return `${nameOf(part)} is no package`;
  return placeOfNames(part, part);
}

function releaseOf(purl: Purl | null): string | null {
  const distro = purl?.qualifiers.get('distro');
  return distro === undefined ? null : claimScopeOf(distro);
}

function nameOf({ product }: TreeProduct): string {
  return product.name;
}

function placeOfRpm(purl: Purl | null, part: TreeProduct, scope: string, module: string | null): Place | string {
  const { product_id: id, name } = part.product;
  // Vendors write the full name into the id, and some a sentence into the name.
  const read = rpmPackageOf(purl, id, module);
  const found = typeof read === 'string' && purl === null ? rpmPackageOf(purl, name, module) : read;
  if (typeof found === 'string') return found;
  return {
    scope,
    packageKind: found.kind,
    packageNames: [found.name],
    architecture: found.architecture,
    ranges: [],
    versions: found.version === null ? [] : [found.version],
    build: found.version,
  };
}

/** A package of a registry, or of a distribution that is not made of rpms. */
function placeOfPurl(purl: Purl, part: TreeProduct, release: string | null): Place | string {
  const { type, namespace, name, version } = purl;
  const order = orderOfPackages(type);
  if (order === null) return `pkg:${type}/${name} is nothing that can be judged`;
  const isPackaged = type === 'deb' || type === 'apk' || type === 'rpm';
  if (isPackaged && (release === null || packageTypeOf(release) !== type))
    return `${name} is on no release that is known`;
  const said = versionsOf(part, version, order, [type, type === 'semver' ? 'npm' : type]);
  if (typeof said === 'string') return said;
  const separator = type === 'maven' ? ':' : '/';
  const full = isPackaged || namespace === null ? name : `${namespace}${separator}${name}`;
  return {
    scope: release ?? type,
    packageKind: isPackaged ? 'source' : 'binary',
    packageNames: [packageKey(type, full)],
    architecture: null,
    ...said,
    build: null,
  };
}

type Order = NonNullable<ReturnType<typeof orderOfPackages>>;

const VERSIONED = new Set(['product_version', 'service_pack', 'patch_level']);

/** The versions of the innermost branch that names any, else of the purl, else all. */
function versionsOf(
  { branches }: TreeProduct,
  known: string | null,
  order: Order,
  schemes: readonly string[],
): VersionStatement | string {
  const at = branches.findLastIndex(({ category }) => category === 'product_version_range' || VERSIONED.has(category));
  const inner = branches[at];
  if (inner?.category === 'product_version_range') {
    const said = versionsOfRange(inner.name, order, schemes);
    const outer = branches.slice(0, at).findLast(({ category }) => VERSIONED.has(category));
    return typeof said === 'string' || outer === undefined ? said : withinBranch(said, outer.name, order);
  }
  const version = known ?? inner?.name ?? null;
  if (version === null) return { ranges: [], versions: [] };
  return order.isValid(version) ? { ranges: [], versions: [version] } : `${version} is no version that can be compared`;
}

/** `< 17.3.5` below the branch 17.3 speaks of 17.3 alone: it begins where that begins. */
function withinBranch(said: VersionStatement, branch: string, order: Order): VersionStatement {
  const [, start] = /(?:^|\s)v?(\d+(?:\.\d+)*)(?:\.[x*])?$/i.exec(branch) ?? [];
  if (start === undefined || !order.isValid(start)) return said;
  const ranges = said.ranges.map((range) => {
    const end = (range.fixed ?? range.lastAffected)?.replace(/^v/i, '');
    return range.introduced === null && end?.startsWith(`${start}.`) ? { ...range, introduced: start } : range;
  });
  return { ...said, ranges };
}

const HARDWARE_RELATIONS = new Set(['installed_on', 'installed_with']);

/**
 * Two products in a relation that are no packages. Firmware on a device is the device in that version of the firmware.
 * What is said of a part is not said of the whole: another part may be affected. // CSAF 2.0 §3.2.2.4
 */
function placeOfPair(category: string, part: TreeProduct, whole: TreeProduct): Place | string {
  if (helperPurlOf(part) !== null || !HARDWARE_RELATIONS.has(category)) {
    return `${nameOf(part)} is a part of ${nameOf(whole)}, which is no known release`;
  }
  if (isVersioned(whole)) return `${nameOf(part)} on ${nameOf(whole)}: both have versions, and no asset says both`;
  return placeOfNames(whole, part);
}

function isVersioned({ branches }: TreeProduct): boolean {
  return branches.some(({ category }) => category === 'product_version_range' || VERSIONED.has(category));
}

/** A product that is no package, by the names of `named` in the versions of `versioned`. */
function placeOfNames(named: TreeProduct, versioned: TreeProduct): Place | string {
  const names = productNamesOf(named);
  if (names.length === 0) return `${nameOf(named)} has no name of a product`;
  const said = versionsOf(versioned, null, ALL_VERSION_ORDERS.loose, []);
  if (typeof said === 'string') return said;
  return {
    scope: PRODUCT_SCOPE,
    packageKind: 'binary',
    packageNames: names,
    architecture: null,
    ...said,
    build: null,
  };
}

/** By its name, by its order numbers, and by its CPE: lists of assets have one of them. */
function productNamesOf({ product, branches }: TreeProduct): readonly string[] {
  const named = (category: string) => branches.findLast((branch) => branch.category === category)?.name;
  const vendor = named('vendor') ?? '';
  const name = named('product_name') ?? named('product_family');
  const { cpe, model_numbers: numbers = [] } = product.product_identification_helper ?? {};
  // An order number with wildcards (`6GK5*`) stands for others as well and names none. // CSAF 2.0 §3.1.3.3.6
  const exact = numbers.filter((number) => !/[*?]/.test(number));
  const keys = [
    ...[name, ...exact].map((text) => (text === undefined ? '' : productKey(vendor, text))),
    cpe === undefined ? '' : (productOfCpe(cpe) ?? ''),
  ];
  return [...new Set(keys)].filter((key) => key !== '');
}
