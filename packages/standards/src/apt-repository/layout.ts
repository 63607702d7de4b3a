import type { OriginId } from '@patchsteward/core/vocabulary';
import type { Release } from './release.ts';

/** Which parts of a repository are used. A suite that ends in a slash is a folder without components. // sources.list(5) */
export interface RepositoryShape {
  readonly place: string;
  readonly suite: string;
  readonly components: readonly string[];
  readonly architectures: readonly string[];
}

/** The names that hosts have for the parts of an origin. */
export function originIds({ place, suite, components }: RepositoryShape): OriginId[] {
  if (components.length === 0) return [`${place} ${suite}`];
  return components.map((component) => `${place} ${suite}/${component}`);
}

/** Below the Release file and without an ending, with its component: where the wanted package indexes lie. */
export function packageIndexes(
  shape: RepositoryShape,
  release: Pick<Release, 'allApart'>,
): { readonly component: string | null; readonly path: string; readonly optional: boolean }[] {
  if (shape.components.length === 0) return [{ component: null, path: 'Packages', optional: false }];
  return shape.components.flatMap((component) => {
    const wanted = shape.architectures.map((architecture) => ({
      component,
      path: `${component}/binary-${architecture}/Packages`,
      optional: false,
    }));
    return release.allApart
      ? [...wanted, { component, path: `${component}/binary-all/Packages`, optional: true }]
      : wanted;
  });
}
