/** Where a version stands among the branches that its vendor mends each by itself. */
export interface ProductLine {
  /** The branch: `17.3` of Cisco IOS XE, `14` of macOS, `21.4` of Junos. */
  readonly train: string;
  /** Within it the release that gets patches of its own: `10.2.4` of PAN-OS 10.2.4-h2. null: its vendor has none. */
  readonly release: string | null;
  /** Whether the version is such a patch: as a fix it speaks of its release alone. */
  readonly isPatch: boolean;
}

type Reader = (version: string) => ProductLine | null;

interface Family {
  readonly vendor: RegExp;
  readonly product: RegExp;
  readonly read: Reader;
}

/** Products whose branches their vendors mend side by side; the words of vendor and product as `productKey` writes them. */
const FAMILIES: readonly Family[] = [
  { vendor: /^cisco/, product: /^(?:cisco-)?ios(?:-software)?$/, read: ios },
  {
    vendor: /^cisco/,
    product:
      /^(?:cisco-)?(?:ios-x[er]|nx-os|asa|adaptive-security-appliance|ftd|firepower-threat-defense)(?:-software)?$/,
    read: byTwoNumbers,
  },
  { vendor: /^fortinet/, product: /^forti/, read: byTwoNumbers },
  { vendor: /^palo-?alto-?networks/, product: /^(?:pan-os|panorama)$/, read: panOs },
  { vendor: /^juniper/, product: /^junos(?:-os)?(?:-evolved)?$/, read: junos },
  { vendor: /^apple/, product: /^(?:macos|mac-os|mac-os-x|os-x)$/, read: macOs },
  { vendor: /^apple/, product: /^(?:ios|iphone-os|ipados)$/, read: byOneNumber },
];

/** Whether a product has branches that are known here. `key`: as `productKey` writes it. */
export function hasProductLines(key: string): boolean {
  return familyOf(key) !== null;
}

/** Where a version of a product stands; null where its vendor has no known branches, or the version says no branch. */
export function productLineOf(key: string, version: string): ProductLine | null {
  return familyOf(key)?.read(version.trim().replace(/^v(?=\d)/i, '')) ?? null;
}

function familyOf(key: string): Family | null {
  const slash = key.indexOf('/');
  const [vendor, product] = [key.slice(0, Math.max(slash, 0)), key.slice(slash + 1)];
  return FAMILIES.find((family) => family.vendor.test(vendor) && family.product.test(product)) ?? null;
}

function plain(train: string | undefined): ProductLine | null {
  return train === undefined ? null : { train, release: null, isPatch: false };
}

function byOneNumber(version: string): ProductLine | null {
  return plain(/^\d+/.exec(version)?.[0]);
}

function byTwoNumbers(version: string): ProductLine | null {
  return plain(/^\d+\.\d+/.exec(version)?.[0]);
}

/** Until 10.15 the second number was the branch, since 11 it is the first. */
function macOs(version: string): ProductLine | null {
  return version.startsWith('10.') ? byTwoNumbers(version) : byOneNumber(version);
}

/** `15.2(4)M3` is of the train 15.2M, `12.2(55)SE` of 12.2SE. */
function ios(version: string): ProductLine | null {
  const [, numbers, letters] = /^(\d+\.\d+)\(\d+[a-z]?\)([A-Z]*)/i.exec(version) ?? [];
  return numbers === undefined ? null : plain(`${numbers}${letters?.toUpperCase() ?? ''}`);
}

/** `10.2.4-h16` is a hotfix of 10.2.4 alone; 10.2.5 gets another. */
function panOs(version: string): ProductLine | null {
  const [, train, number, hotfix] = /^(\d+\.\d+)(?:\.(\d+)(-h\d+)?)?/i.exec(version) ?? [];
  if (train === undefined) return null;
  return { train, release: `${train}.${number ?? '0'}`, isPatch: hotfix !== undefined };
}

/** `21.4R3-S5.4` is a service release of 21.4R3 alone; `12.3X48-D105` is of the train 12.3X48. */
function junos(version: string): ProductLine | null {
  const [special] = /^\d+\.\d+X\d+/i.exec(version) ?? [];
  if (special !== undefined) return plain(special.toUpperCase());
  const [, train, release, service] = /^(\d+\.\d+)(?:R(\d+)(-S\d+)?)?/i.exec(version) ?? [];
  if (train === undefined) return null;
  return { train, release: `${train}R${release ?? '0'}`, isPatch: service !== undefined };
}
