/** The names that announcements use; others stay as they are written. // HTML §13.5 */
const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', hellip: '…', mdash: '—', ndash: '–' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', bull: '•', middot: '·' },
  ...{ copy: '©', reg: '®', trade: '™', deg: '°', times: '×', le: '≤', ge: '≥', euro: '€', shy: '' },
  ...{ auml: 'ä', ouml: 'ö', uuml: 'ü', Auml: 'Ä', Ouml: 'Ö', Uuml: 'Ü', szlig: 'ß', eacute: 'é', egrave: 'è' },
};

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi;
const CODE_POINT_MAX = 0x10_ff_ff;
const REPLACEMENT = '\ufffd';

/** `&lt;` is `<`. Once: what comes of it is text, and no reference again. */
export function decodeReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(REFERENCE, (whole: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    return characterOf(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
  });
}

/** NUL and halves of a pair are no characters that a text can hold. */
function characterOf(codePoint: number): string {
  const isHalf = codePoint >= 0xd8_00 && codePoint <= 0xdf_ff;
  return codePoint === 0 || isHalf || codePoint > CODE_POINT_MAX ? REPLACEMENT : String.fromCodePoint(codePoint);
}
