/** A line of what dnf says it would do to one package. */
export interface AnnouncedPackage {
  readonly name: string;
  readonly architecture: string;
  readonly version: string;
  /** Null for what goes. */
  readonly repository: string | null;
  readonly comes: boolean;
}

const COMES = /^(?:Installing|Upgrading|Reinstalling|Downgrading)\b/;
const GOES = /^Removing\b/;
/** ` NAME ARCHITECTURE VERSION REPOSITORY SIZE UNIT` */
const COLUMNS_MIN = 5;
/** `     replacing  NAME.ARCHITECTURE VERSION`: what an obsoleting package takes away. */
const REPLACING = /^\s+replacing\s+(\S+)\.([^.\s]+)\s+(\S+)/;

/**
 * Reads the table with which dnf announces a transaction: headings at the margin, packages set in by one space, and the
 * rest of a line that was too long set in further. // dnf 4: list_transaction
 */
export function parseAnnouncement(text: string): AnnouncedPackage[] {
  const [, , body = ''] = (text.split('\nTransaction Summary\n')[0] ?? '').split(/^=+$/m);
  const found: AnnouncedPackage[] = [];
  let comes: boolean | null = null;
  for (const line of joined(body.split('\n'))) {
    if (/^\S/.test(line)) comes = kindOf(line);
    const [, gone = '', architecture = '', version = ''] = REPLACING.exec(line) ?? [];
    if (gone !== '') found.push({ name: gone, architecture, version, repository: null, comes: false });
    else if (comes !== null && /^ \S/.test(line)) found.push(...packageOf(line, comes));
  }
  return found;
}

/** Long names push the rest of their line onto the next. */
function joined(lines: readonly string[]): string[] {
  const whole: string[] = [];
  for (const line of lines) {
    const goesOn = /^ {2,}\S/.test(line) && !REPLACING.test(line);
    if (goesOn && whole.length > 0) whole.push(`${whole.pop() ?? ''} ${line.trim()}`);
    else whole.push(line);
  }
  return whole;
}

/** Null: a heading under which nothing is installed or removed, such as what is skipped. */
function kindOf(heading: string): boolean | null {
  if (GOES.test(heading)) return false;
  return COMES.test(heading) ? true : null;
}

function packageOf(line: string, comes: boolean): AnnouncedPackage[] {
  const columns = line.trim().split(/\s+/);
  const [name = '', architecture = '', version = '', repository = ''] = columns;
  if (columns.length < COLUMNS_MIN) return [];
  return [{ name, architecture, version, repository: comes ? repository : null, comes }];
}
