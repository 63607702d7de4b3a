/** What an update is for. */
export type UpdateKind = 'security' | 'bugfix' | 'feature' | 'unknown';

export interface KindVerdict {
  readonly kind: UpdateKind;
  /** One sentence that says why. */
  readonly kindWhy: string;
}

/** What the change of a Debian version says of an update that fixes no known vulnerability. */
export function kindOfChange(from: string, to: string): KindVerdict {
  const before = partsOf(from);
  const after = partsOf(to);
  if (before.epoch !== after.epoch) {
    return {
      kind: 'unknown',
      kindWhy: `The epoch changed from ${from} to ${to}, so the two do not compare as releases.`,
    };
  }
  if (before.upstream === after.upstream) {
    return {
      kind: 'bugfix',
      kindWhy: `The upstream version ${after.upstream} stays; the distribution changed its packaging or patches.`,
    };
  }
  const change = `The upstream version goes from ${before.upstream} to ${after.upstream}`;
  const [was, is] = [releaseNumber(before.upstream), releaseNumber(after.upstream)];
  if (was === null || is === null) {
    return { kind: 'unknown', kindWhy: `${change}, which does not tell repairs from new features.` };
  }
  return was === is
    ? { kind: 'bugfix', kindWhy: `${change}, a later patch release of ${is}.` }
    : { kind: 'feature', kindWhy: `${change}, a new release.` };
}

/** Debian policy 5.6.12: [epoch:]upstream[-revision]; `+really` names the upstream version that is meant. */
function partsOf(version: string): { epoch: string; upstream: string } {
  const colon = version.indexOf(':');
  const rest = version.slice(colon + 1);
  const hyphen = rest.lastIndexOf('-');
  const upstream = hyphen < 0 ? rest : rest.slice(0, hyphen);
  const really = upstream.indexOf('+really');
  const meant = really < 0 ? upstream : upstream.slice(really + '+really'.length);
  // What follows says how it was packed: +dfsg, ~deb12u1, +ds1, +git20240101.
  return { epoch: colon < 0 ? '0' : version.slice(0, colon), upstream: /^[^+~]*/.exec(meant)?.[0] ?? meant };
}

/** The first two numbers, `7.88` of `7.88.1`; null where a version has no such form. */
function releaseNumber(upstream: string): string | null {
  return /^(\d+\.\d+)(?:\.\d+)*[a-z]?$/.exec(upstream)?.[1] ?? null;
}
