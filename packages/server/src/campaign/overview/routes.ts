import type { Overview } from '@patchsteward/contract';
import type { CampaignState, Decider, RollbackPlan } from '@patchsteward/core/campaign';
import type { Policy } from '@patchsteward/core/policy';
import { DAY_MS, ROLES, type Role } from '@patchsteward/core/vocabulary';
import { feedState } from '../../1-identification/feeds-body.ts';
import { feedEntries } from '../../1-identification/feeds-registry.ts';
import { silentFeeds } from '../../1-identification/feeds-silence.ts';
import { readFeedRows } from '../../1-identification/feeds-store.ts';
import { countSupport } from '../../1-identification/lifecycle-store.ts';
import { ENDS_SOON_MS } from '../../2-evaluation/response-body.ts';
import { countResponses } from '../../2-evaluation/response-list-store.ts';
import { waitingResponses } from '../../2-evaluation/response-waiting.ts';
import type { Db } from '../../platform/database.ts';
import type { Handlers } from '../../platform/http/bind.ts';
import { type Asker, deciderOf, readAsker, readRollback } from '../decisions/decider.ts';
import { overviewOf } from './overview.ts';
import { countJobs, hasTrustRoot, readFigures, readOpenCampaigns } from './overview-store.ts';

/** The most urgent ones: whoever has more open campaigns looks at the board. */
const CAMPAIGNS_MAX = 200;
/** As the list of assets says it: a day without a word. */
const SILENT_AFTER_MS = DAY_MS;

interface OverviewParts {
  readonly db: Db;
  readonly policy: Policy;
}

export function overviewRoutes({ db, policy }: OverviewParts): Handlers<'overview.show'> {
  return {
    'overview.show': async ({ principal, now }) => {
      const [{ campaigns, open }, figures, feedRows, trusted, exceptions, support] = await Promise.all([
        readOpenCampaigns(db, CAMPAIGNS_MAX),
        readFigures(db, now - SILENT_AFTER_MS),
        readFeedRows(db),
        hasTrustRoot(db),
        countResponses(db, now + ENDS_SOON_MS),
        countSupport(db, { now, warnMs: policy.endOfLife.warnMs }),
      ]);
      const jobs = await countJobs(
        db,
        campaigns.map(({ id }) => id),
      );
      const entries = feedEntries(feedRows, {});
      const feeds = entries.map((entry) => feedState(entry, now)).filter((state) => state !== 'off');
      const feedsNotFresh = feeds.filter((state) => state !== 'fresh').length;
      const { severityUnknown, urgencyHeld, announcementsWaiting, ...counted } = figures;
      const fleet = {
        ...{ ...counted, feeds: feeds.length, feedsNotFresh, exceptions: exceptions.standing },
        // Whether a host is subscribed to what comes after is not known.
        ...{ supportEnded: support.ended + support.extended, supportEnding: support.ending },
      };
      const asker = await readAsker(db, principal);
      const roles = principal.kind === 'person' ? principal.roles : ROLES;
      const waiting =
        principal.kind === 'person'
          ? await waitingResponses(db, { person: principal.login, roles }, { policy, now })
          : [];
      const exceptionsWaiting = waiting.filter(({ theirs }) => theirs).length;
      const rollbacks = await readRollbacks(db, campaigns, asker);
      // Whoever holds the socket of the machine is everybody's deputy.
      const deciderIn = (state: CampaignState): Decider =>
        principal.kind === 'person' ? deciderOf(asker, state) : { person: '', roles, keyClasses: [], said: [] };
      return {
        ...overviewOf({ campaigns, jobs, deciderIn, rollbacks, policy, now }),
        care: careOf(roles, {
          ...{ fleet, trusted, severityUnknown, urgencyHeld, announcementsWaiting },
          silent: silentFeeds(entries, now).length,
          ...{ exceptionsWaiting, exceptionsEnding: exceptions.endsSoon },
        }),
        open,
        seen: campaigns.length,
        fleet,
      };
    },
  };
}

async function readRollbacks(
  db: Db,
  campaigns: readonly CampaignState[],
  { root }: Asker,
): Promise<ReadonlyMap<string, RollbackPlan>> {
  const rollbacks = new Map<string, RollbackPlan>();
  for (const state of campaigns) {
    const rollback = await readRollback(db, state, root);
    if (rollback !== null) rollbacks.set(state.id, rollback);
  }
  return rollbacks;
}

interface CareFacts {
  readonly fleet: Overview['fleet'];
  readonly trusted: boolean;
  readonly severityUnknown: number;
  readonly announcementsWaiting: number;
  readonly urgencyHeld: number;
  /** Feeds that are judged by and have told nothing new for too long. */
  readonly silent: number;
  /** Exceptions that whoever looks may agree to, and those that end within days. */
  readonly exceptionsWaiting: number;
  readonly exceptionsEnding: number;
}

/** What is wrong beside campaigns, for those who can mend it. */
function careOf(
  roles: readonly Role[],
  { fleet, trusted, severityUnknown: unknown, urgencyHeld: held, announcementsWaiting: unread, ...rest }: CareFacts,
): Overview['care'] {
  const { silent, exceptionsWaiting, exceptionsEnding } = rest;
  const mine = (...able: readonly Role[]): boolean => able.some((role) => roles.includes(role));
  // Who chooses the feeds sees also those that never came; who rests on them, those that fell silent.
  const rested = mine('it', 'security') ? silent : 0;
  const notFresh = mine('admin') ? fleet.feedsNotFresh : rested;
  const care: (Overview['care'][number] | null)[] = [
    !trusted && mine('admin') ? { kind: 'no-trust-root', total: 1 } : null,
    notFresh > 0 ? { kind: 'feeds-not-fresh', total: notFresh } : null,
    fleet.assets === 0 && mine('it', 'admin') ? { kind: 'no-asset', total: 0 } : null,
    unknown > 0 && mine('security') ? { kind: 'severity-unknown', total: unknown } : null,
    unread > 0 && mine('security') ? { kind: 'announcements-waiting', total: unread } : null,
    held > 0 && mine('security') ? { kind: 'urgency-held', total: held } : null,
    exceptionsWaiting > 0 ? { kind: 'exceptions-waiting', total: exceptionsWaiting } : null,
    exceptionsEnding > 0 && mine('it', 'owner', 'security')
      ? { kind: 'exceptions-ending', total: exceptionsEnding }
      : null,
    fleet.supportEnded > 0 && mine('it', 'owner', 'security')
      ? { kind: 'support-ended', total: fleet.supportEnded }
      : null,
    fleet.stale > 0 && mine('it') ? { kind: 'assets-silent', total: fleet.stale } : null,
  ];
  return care.filter((one) => one !== null);
}
