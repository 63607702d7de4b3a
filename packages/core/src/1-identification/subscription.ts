import type { Claim } from './claim.ts';
import { mainScopeOf } from './distribution.ts';
import type { Judgment, SourceVersion } from './judgment.ts';

/** A channel of a distribution whose fixes reach only hosts that are subscribed to it. */
interface Subscription {
  readonly distribution: string;
  readonly channel: string;
  /** As its vendor calls it. */
  readonly title: string;
  /** In the version of a build that only subscribers get. */
  readonly build: RegExp;
}

// Of Debian's ELTS no feed that we read speaks. Red Hat's channels for minor releases are lines of builds of their own.
const SUBSCRIPTIONS: readonly Subscription[] = [
  { distribution: 'ubuntu', channel: 'ubuntu-pro', title: 'Ubuntu Pro', build: /[+~]esm\d/ },
];

function subscriptionOf(scope: string): Subscription | null {
  const [distribution] = mainScopeOf(scope).split(':');
  return SUBSCRIPTIONS.find((one) => one.distribution === distribution) ?? null;
}

/** Where claims stand that speak for subscribers of a release: `ubuntu-pro:20.04` of `ubuntu:20.04`. */
export function subscriberScopeOf(scope: string): string | null {
  const subscription = subscriptionOf(scope);
  if (subscription === null) return null;
  return mainScopeOf(scope).replace(`${subscription.distribution}:`, `${subscription.channel}:`);
}

/** Whether the version is a build that only subscribers get, so that its host is or was one. */
export function isSubscriberBuild({ scope, sourceVersion }: SourceVersion): boolean {
  return subscriptionOf(scope)?.build.test(sourceVersion) ?? false;
}

/** The subscription without which the fix does not come, by its title; null: it comes to everybody, or there is none. */
export function subscriptionNeeded(
  version: SourceVersion,
  { fixed, winner }: Pick<Judgment, 'fixed'> & { readonly winner: Pick<Claim, 'scope'> | null },
): string | null {
  if (fixed === null || winner === null || winner.scope === version.scope || isSubscriberBuild(version)) return null;
  return winner.scope === subscriberScopeOf(version.scope) ? (subscriptionOf(version.scope)?.title ?? null) : null;
}
