/**
 * Whether a snapshot's host is the asset's: the same name, or one of them the first label of the other. Backups are made
 * under the short name as often as under the long one; nothing looser, or web-1 would vouch for web-10.
 */
export function isSameHost(snapshotHost: string, names: readonly string[]): boolean {
  const wanted = snapshotHost.trim().toLowerCase();
  if (wanted === '') return false;
  return names.some((name) => {
    const known = name.trim().toLowerCase();
    return known === wanted || isFirstLabel(known, wanted) || isFirstLabel(wanted, known);
  });
}

function isFirstLabel(short: string, long: string): boolean {
  return short !== '' && !short.includes('.') && long.startsWith(`${short}.`);
}
