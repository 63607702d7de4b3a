import { isCycloneDx, readCycloneDx } from './cyclonedx.ts';
import { cycloneDxOfXml } from './cyclonedx-xml.ts';
import type { PackageList } from './package-list.ts';
import { isSpdx, readSpdx } from './spdx.ts';
import { isSpdxTags, spdxOfTags } from './spdx-tags.ts';
import { isSpdx3, spdx2Of } from './spdx3.ts';
import { toolOf } from './tool.ts';

/** What a bill of materials says of itself and of its packages. */
export interface Bill extends PackageList {
  readonly form: 'cyclonedx' | 'spdx';
  /** What wrote it, where it says so. */
  readonly tool: string | null;
}

/** How the beginning of a text looks; `null` where it is no bill of materials. */
export function billNotation(start: string): 'json' | 'xml' | 'tags' | null {
  const text = withoutStart(start);
  if (text.startsWith('{')) return 'json';
  if (text.startsWith('<')) return 'xml';
  return isSpdxTags(text) ? 'tags' : null;
}

/**
 * Reads a bill of materials by its content: CycloneDX 1.2 to 1.7 in JSON and XML, SPDX 2.2 and 2.3 in JSON and as tags,
 * SPDX 3.0 in JSON-LD. What is neither XML nor tags is for `parseJson`, which throws as it likes, and bounds the depth.
 * A text where the document cannot be used as a whole. `release` is that of the packages where the bill does not say it.
 */
export function readBill(text: string, release: string | null, parseJson: (text: string) => unknown): Bill | string {
  const read = documentOf(text, parseJson);
  if (typeof read === 'string') return read;
  const { document } = read;
  if (isCycloneDx(document)) return billOf('cyclonedx', document, readCycloneDx(document, release));
  if (isSpdx(document)) return billOf('spdx', document, readSpdx(document, release));
  return 'it is neither CycloneDX nor SPDX 2 or 3';
}

function documentOf(text: string, parseJson: (text: string) => unknown): { document: unknown } | string {
  const plain = withoutStart(text);
  const notation = billNotation(plain);
  if (notation === 'xml') return cycloneDxOfXml(plain);
  if (notation === 'tags') return spdxOfTags(plain);
  const document = parseJson(plain);
  return { document: isSpdx3(document) ? spdx2Of(document) : document };
}

/** Without blanks, of which a byte order mark is one to the language. */
function withoutStart(text: string): string {
  return text.trimStart();
}

function billOf(form: Bill['form'], document: unknown, list: PackageList | string): Bill | string {
  return typeof list === 'string' ? list : { form, tool: toolOf(document), ...list };
}
