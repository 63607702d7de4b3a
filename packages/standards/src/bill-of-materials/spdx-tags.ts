/** What SPDX writes between these may have lines of its own, also such that look like tags. // SPDX 2.3 §6 */
const [TEXT_START, TEXT_END] = ['<text>', '</text>'];

type Values = Record<string, unknown>;

/** The sections of a document as they are being read. */
interface Draft {
  readonly document: Values;
  readonly packages: Values[];
  readonly files: Values[];
  readonly snippets: Values[];
  readonly relationships: Values[];
  readonly creators: string[];
  /** What the lines that come now speak of. */
  current: Values;
}

/** Whether a text is SPDX as tags and values: its version is the first that such a document says. // SPDX 2.3 §6.1 */
export function isSpdxTags(text: string): boolean {
  const first = text.split(/\r?\n/, FIRST_LINES_MAX).find((line) => line.trim() !== '' && !line.startsWith('#'));
  return first?.startsWith('SPDXVersion:') ?? false;
}

/** Comments and empty lines before the first tag; a license header has some twenty. */
const FIRST_LINES_MAX = 200;

/** SPDX 2 as tags and values, as the document that its JSON would have been. A text where a line of it is neither. */
export function spdxOfTags(text: string): { document: unknown } | string {
  const document: Values = {};
  const lists = { packages: [], files: [], snippets: [], relationships: [], creators: [] };
  const draft: Draft = { document, ...lists, current: document };
  const lines = text.split(/\r?\n/);
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [, tag, start] = /^\s*([A-Za-z][A-Za-z0-9]*):(.*)$/.exec(line) ?? [];
    if (tag === undefined || start === undefined) return `its line ${at + 1} is no tag with a value`;
    let value = start.trim();
    if (value.startsWith(TEXT_START)) {
      const end = endOfText(lines, at);
      if (end === null) return `the text that begins in its line ${at + 1} does not end`;
      value = [value.slice(TEXT_START.length), ...lines.slice(at + 1, end + 1)].join('\n').split(TEXT_END, 1)[0] ?? '';
      at = end;
    }
    take(draft, tag, value.trim());
  }
  const { packages, files, snippets, relationships, creators } = draft;
  return { document: { ...document, packages, files, snippets, relationships, creationInfo: { creators } } };
}

/** The line in which a text ends that begins in line `start`. */
function endOfText(lines: readonly string[], start: number): number | null {
  for (let at = start; at < lines.length; at += 1) if (lines[at]?.includes(TEXT_END)) return at;
  return null;
}

function take(draft: Draft, tag: string, value: string): void {
  const { document, current } = draft;
  switch (tag) {
    case 'SPDXVersion':
      document['spdxVersion'] = value;
      break;
    case 'Creator':
      draft.creators.push(value);
      break;
    case 'PackageName':
      draft.current = { name: value, externalRefs: [] };
      draft.packages.push(draft.current);
      break;
    case 'FileName':
      draft.current = {};
      draft.files.push(draft.current);
      break;
    case 'SnippetSPDXID':
      draft.current = { SPDXID: value };
      draft.snippets.push(draft.current);
      break;
    case 'SPDXID':
      current['SPDXID'] = value;
      break;
    case 'PackageVersion':
      current['versionInfo'] = value;
      break;
    case 'PrimaryPackagePurpose':
      current['primaryPackagePurpose'] = value;
      break;
    case 'ExternalRef':
      takeReference(current, value);
      break;
    case 'Relationship':
      takeRelationship(draft, value);
      break;
    case 'RelationshipComment':
      Object.assign(draft.relationships.at(-1) ?? {}, { comment: value });
      break;
    default:
  }
}

/** `PACKAGE-MANAGER purl pkg:npm/a@1.0.0` // SPDX 2.3 §7.21 */
function takeReference(current: Values, value: string): void {
  const [referenceCategory, referenceType, referenceLocator] = value.split(/\s+/);
  const references = current['externalRefs'];
  if (Array.isArray(references)) references.push({ referenceCategory, referenceType, referenceLocator });
}

/** `SPDXRef-DOCUMENT DESCRIBES SPDXRef-Image` // SPDX 2.3 §11.1 */
function takeRelationship(draft: Draft, value: string): void {
  const [spdxElementId, relationshipType, relatedSpdxElement] = value.split(/\s+/);
  draft.relationships.push({ spdxElementId, relationshipType, relatedSpdxElement });
}
