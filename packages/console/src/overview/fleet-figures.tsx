import type { Overview } from '@patchsteward/contract';
import { AddressLink } from '../parts/address-link.tsx';
import { numberText, strings } from '../platform/strings.ts';

const words = strings.overview;

/** A lane is what a finding has: assets without one are those of the lane `none`. */
const WITH_FINDINGS = '/assets?lane=emergency,critical,routine,mitigation';

/** The fleet in figures; each leads to the list behind it. */
export function FleetFigures({ fleet }: { readonly fleet: Overview['fleet'] }) {
  const figures = [
    { name: words.fleet.assets, text: numberText(fleet.assets), to: '/assets' },
    { name: words.fleet.affected, text: numberText(fleet.affected), to: WITH_FINDINGS },
    // Few fleets have any, and a zero says nothing to the others.
    ...(fleet.partlyJudged === 0
      ? []
      : [{ name: words.fleet.partlyJudged, text: numberText(fleet.partlyJudged), to: '/assets?judged=partly' }]),
    { name: words.fleet.knownExploited, text: numberText(fleet.knownExploited), to: '/findings?exploited=yes' },
    { name: words.fleet.rebootNeeded, text: numberText(fleet.rebootNeeded), to: '/assets?reboot=yes' },
    { name: words.fleet.supportEnded, text: numberText(fleet.supportEnded), to: '/assets?support=ended,extended' },
    { name: words.fleet.supportEnding, text: numberText(fleet.supportEnding), to: '/assets?support=ending' },
    { name: words.fleet.exceptions, text: numberText(fleet.exceptions), to: '/exceptions?state=standing' },
    { name: words.fleet.stale, text: numberText(fleet.stale), to: '/assets?stale=yes' },
    { name: words.fleet.feedsNotFresh, text: words.ofFeeds(fleet.feedsNotFresh, fleet.feeds), to: '/feeds' },
  ];
  return (
    <section aria-labelledby="fleet" className="ps-overview-part">
      <h2 id="fleet">{words.fleetTitle}</h2>
      <ul className="ps-figures">
        {figures.map(({ name, text, to }) => (
          <li key={name}>
            <AddressLink to={to} className="ps-figure">
              <span className="ps-figure-number">{text}</span>
              <span>{name}</span>
            </AddressLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
