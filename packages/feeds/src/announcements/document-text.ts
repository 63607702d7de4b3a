import { FeedUnreadable } from '../feed-unreadable.ts';

/** Feeds of vendors are long-lived files: some still declare the encoding of their first day. // XML 1.0 §4.3.3 */
const ENCODINGS = new Set(['utf-8', 'us-ascii', 'iso-8859-1', 'iso-8859-15', 'windows-1252', 'utf-16']);
const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["']/;
/** A declaration stands at the very beginning. */
const DECLARATION_BYTES_MAX = 200;

/** The text of an XML file, by its byte order mark, its declaration, or as UTF-8; a wrong byte is refused, not repaired. */
export function documentText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  if (!ENCODINGS.has(encoding)) throw new FeedUnreadable('not-text', `its encoding ${encoding} is not read here`);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new FeedUnreadable('not-text', `the XML is not ${encoding} text`, { cause: error });
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16';
  const head = String.fromCharCode(...bytes.subarray(0, DECLARATION_BYTES_MAX));
  return (DECLARED.exec(head.replace(/^\u00ef\u00bb\u00bf/, ''))?.[1] ?? 'utf-8').toLowerCase();
}
