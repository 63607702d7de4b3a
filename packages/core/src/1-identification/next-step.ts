import type { ClaimStatus } from './claim.ts';
import { packageTypeOf } from './distribution.ts';
import { PRODUCT_SCOPE } from './product-key.ts';

/** What is to be done about one vulnerability on one asset. */
export const NEXT_STEPS = [
  'none',
  'reboot',
  'restart',
  'lift-hold',
  'wait-for-phase',
  'follow-campaign',
  'install',
  'add-origin',
  'subscribe',
  'wait-for-vendor',
  'mitigate',
  'ask-publisher',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** An offered version that has the fix. */
interface OfferedFix {
  readonly version: string;
  readonly origins: readonly string[];
  readonly phased: boolean;
}

export interface NextStepFacts {
  /** `not_judged`: the package came from a third party, of whom no claim speaks. */
  readonly status: ClaimStatus | 'not_judged';
  readonly scope: string;
  readonly source: string;
  readonly fixed: string | null;
  /** The fix is installed and does not run yet. */
  readonly rebootPending: boolean;
  /** Units and processes that run on with what the fix replaced; empty: none does, or nobody knows. */
  readonly restarts: readonly string[];
  /** A kernel, or parts of one, that does not run. */
  readonly idle: boolean;
  readonly held: readonly string[];
  readonly offers: readonly OfferedFix[];
  /** The title of the subscription without which the fix does not come; null: it comes to everybody. */
  readonly subscription: string | null;
  /** The title of the open campaign that carries an update of this source. */
  readonly campaign: string | null;
}

interface Told {
  readonly step: NextStep;
  /** For whoever does it. */
  readonly sentence: string;
}

/** What stands between an asset and its fix, nearest first. // SOP P2.1, checklist c25 */
export function nextStepOf(facts: NextStepFacts): Told {
  const { status, source } = facts;
  if (status === 'not_judged') {
    return told('ask-publisher', `${source} comes from a third party, of whom no claim speaks: ask its publisher.`);
  }
  if (status === 'fixed' || status === 'not_affected') return told('none', 'Nothing.');
  if (status === 'under_investigation')
    return told('wait-for-vendor', 'Nobody says yet whether it is affected; watch the word of its vendor.');
  if (facts.rebootPending) return told('reboot', 'The fixed kernel is installed: reboot into it.');
  if (facts.restarts.length > 0) {
    return told('restart', `The fix is installed and does not run: restart ${facts.restarts.join(', ')}, or reboot.`);
  }
  if (facts.fixed === null) return withoutFix(facts);
  return withFix(facts);
}

function withoutFix({ status, idle }: NextStepFacts): Told {
  if (idle) return told('none', 'There is no fix yet, and it does not run here; remove what is not needed.');
  if (status === 'wont_fix')
    return told('mitigate', 'The vendor will not fix it: mitigate, isolate the asset, replace it, or accept it.');
  if (status === 'end_of_life') {
    return told(
      'mitigate',
      'Nobody fixes it here any more: move to a supported release, replace it, mitigate, or accept it.',
    );
  }
  if (status === 'deferred') return told('mitigate', 'The vendor puts the fix off: mitigate until then, or accept it.');
  return told(
    'wait-for-vendor',
    'No fix is known from the feeds: watch its vendor; mitigate, or accept it until there is one.',
  );
}

/** Whether a package manager with origins of its own brings it: no registry's package and no vendor's product has that. */
export function comesFromOrigins(scope: string): boolean {
  return packageTypeOf(scope) !== null || scope.includes(':');
}

function withFix({ scope, source, fixed, held, offers, subscription, campaign }: NextStepFacts): Told {
  const [offer] = offers.filter(({ phased }) => !phased);
  if (held.length > 0) {
    const verb = held.length === 1 ? 'is' : 'are';
    return told('lift-hold', `${held.join(', ')} ${verb} held or pinned: lift that, then install ${source} ${fixed}.`);
  }
  if (campaign !== null) return told('follow-campaign', `The campaign “${campaign}” carries an update of ${source}.`);
  if (offer !== undefined) {
    const from = offer.origins.length === 0 ? '' : ` from ${offer.origins.join(', ')}`;
    return told('install', `Install ${source} ${offer.version}${from}.`);
  }
  if (offers.length > 0) {
    return told('wait-for-phase', `${source} ${offers[0]?.version} is offered in phases and not yet to this machine.`);
  }
  return withUnofferedFix(scope, `${source} ${fixed}`, subscription);
}

/** No package manager brings it here as it is configured, or none ever does. */
function withUnofferedFix(scope: string, fix: string, subscription: string | null): Told {
  if (scope === PRODUCT_SCOPE) return told('install', `Update to ${fix} or newer, as its vendor advises.`);
  if (!comesFromOrigins(scope)) {
    return told('install', `Update to ${fix} or newer where the application is built, and deploy it anew.`);
  }
  if (subscription !== null) {
    return told(
      'subscribe',
      `${fix} comes with ${subscription} alone: subscribe the host, move it to a release that gets the fix, or mitigate.`,
    );
  }
  return told(
    'add-origin',
    `No configured origin offers ${fix}: refresh the package lists, look at pins, or add the origin that has it.`,
  );
}

function told(step: NextStep, sentence: string): Told {
  return { step, sentence };
}
