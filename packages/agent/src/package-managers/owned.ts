/** Of these files the owned ones, by what was found out about each: the package, or null where none owns it. */
export function ownedOf(
  paths: ReadonlySet<string>,
  answers: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, string> {
  const owned = new Map<string, string>();
  for (const path of paths) {
    const name = answers.get(path);
    if (name != null) owned.set(path, name);
  }
  return owned;
}
