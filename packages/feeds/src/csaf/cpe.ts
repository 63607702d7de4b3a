import { claimScope, productKey } from '@patchsteward/core/1-identification';

/** Vendor, product, version, update and edition of a CPE, in either way of writing it; null: it is none. */
interface Cpe {
  readonly vendor: string;
  readonly product: string;
  readonly version: string;
  readonly update: string;
}

/** // NISTIR 7695 §6.1 (URI) and §6.2 (formatted string); a backslash keeps what follows it. */
function cpeOf(text: string): Cpe | null {
  const body = /^cpe:(?:2\.3:|\/)[aoh]:(.+)$/i.exec(text)?.[1];
  if (body === undefined) return null;
  const [vendor = '', product = '', version = '', update = ''] = (body.match(/(?:\\.|[^:\\])*(?::|$)/g) ?? []).map(
    (part) => part.replace(/:$/, '').replaceAll(/\\(.)/g, '$1').toLowerCase(),
  );
  return vendor === '' || product === '' ? null : { vendor, product, version, update };
}

/** `vendor:product` of a distribution as CPE names it, and the distribution whose scope it is. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  'redhat:enterprise_linux': 'rhel',
  'redhat:rhel_eus': 'rhel-eus',
  'redhat:rhel_aus': 'rhel-aus',
  'redhat:rhel_tus': 'rhel-tus',
  'redhat:rhel_e4s': 'rhel-e4s',
  'redhat:rhel_els': 'rhel-els',
  'redhat:rhel_software_collections': 'rhel',
  'almalinux:almalinux': 'almalinux',
  'rocky:rocky': 'rocky',
  'rocky:rocky_linux': 'rocky',
  'oracle:linux': 'ol',
  'fedoraproject:fedora': 'fedora',
  'amazon:linux': 'amzn',
  'amazon:amazon_linux': 'amzn',
  'debian:debian_linux': 'debian',
  'canonical:ubuntu_linux': 'ubuntu',
  'alpinelinux:alpine_linux': 'alpine',
};

/**
 * The scope of the release that a CPE names: `cpe:/a:redhat:rhel_eus:9.4::appstream` is `rhel-eus:9.4`. A layered
 * product (`cpe:/a:redhat:openshift:4.12::el8`) builds packages of its own under the names of the release, and is none.
 */
export function scopeOfCpe(text: string): string | null {
  const cpe = cpeOf(text);
  if (cpe === null) return null;
  const { vendor, product, version, update } = cpe;
  // Every product and module of SUSE's server says its service pack, and packages move between them. // sle-module-basesystem:15:sp5
  if (vendor === 'suse' && /^(?:sle[sd]?|sle-module-.+|sle_hpc)$/.test(product)) {
    return claimScope('sles', `${version}.${/^sp(\d+)$/.exec(update)?.[1] ?? '0'}`);
  }
  const distribution = DISTRIBUTIONS[`${vendor}:${product}`];
  if (distribution === undefined) return null;
  // Collections are numbered by themselves and say the release they are built for. // rhel_software_collections:3::el7
  if (product === 'rhel_software_collections') return claimScope('rhel', /::el(\d+)/.exec(text)?.[1] ?? null);
  return claimScope(distribution, version);
}

/** The name under which assets know a product of a CPE; null: it names none. */
export function productOfCpe(text: string): string | null {
  const cpe = cpeOf(text);
  return cpe === null ? null : productKey(cpe.vendor, cpe.product);
}
