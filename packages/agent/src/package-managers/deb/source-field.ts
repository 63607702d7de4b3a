/**
 * The source that a binary package was built from. The field `Source` is absent where source and binary share name and
 * version, and carries the version in parentheses where only that differs. // Debian Policy §5.6.1
 */
export function sourceOf(
  field: string | undefined,
  name: string,
  version: string,
): { readonly source: string; readonly sourceVersion: string } {
  const match = /^(\S+)(?:\s+\(([^()\s]+)\))?$/.exec(field ?? '');
  return { source: match?.[1] ?? name, sourceVersion: match?.[2] ?? version };
}
