/** One line of CSV. // RFC 4180 §2 */
export function csvLine(fields: readonly string[]): string {
  return `${fields.map(csvField).join(',')}\r\n`;
}

/** A spreadsheet takes what begins so for a formula, and would run what a host named a package. // OWASP CSV injection */
const FORMULA = /^[=+\-@\t\r]/;

function csvField(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
