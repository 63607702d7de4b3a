import { hostname } from 'node:os';
import type { NoticeChannels } from '@patchsteward/contract';
import type { Policy } from '@patchsteward/core/policy';
import { type Instant, MINUTE_MS } from '@patchsteward/core/vocabulary';
import type { AssetViews } from './1-identification/asset-view-reader.ts';
import { findNamedAsset, pageOfNamedAssets } from './1-identification/named-assets.ts';
import { grantLook, LOOK_WISH, lookTimer } from './2-evaluation/telling-look.ts';
import { tellingRoutes } from './2-evaluation/telling-routes.ts';
import { grantTell, TELL_WISH } from './2-evaluation/telling-send.ts';
import { backupRoutes } from './4-backup/routes.ts';
import { storeWaiver } from './4-backup/waiver-store.ts';
import { noticeRoutes } from './5-approval/notice-routes.ts';
import { grantNotice, type NoticeDoors } from './5-approval/notice-send.ts';
import { NOTICE_WISH } from './5-approval/notice-wish.ts';
import { planRoutes } from './5-approval/plan-routes.ts';
import { rootRoutes } from './5-approval/root-routes.ts';
import { currentRoot } from './5-approval/root-store.ts';
import { usableRoot } from './5-approval/signer.ts';
import { statementRoutes } from './5-approval/statement-routes.ts';
import { progressOfAsset } from './campaign/asset-campaigns.ts';
import { openMailDoor } from './connectors/mail.ts';
import { openWebhookDoor } from './connectors/webhook.ts';
import type { InvitationPost } from './platform/access/invitation-mail.ts';
import { invitationRoutes } from './platform/access/invitation-routes.ts';
import { passkeyRoutes } from './platform/access/passkey-routes.ts';
import { passkeySite } from './platform/access/passkey-site.ts';
import { peopleRoutes } from './platform/access/people-routes.ts';
import type { AccessServices } from './platform/access/routes.ts';
import type { FeedEvent, HoldCampaign } from './platform/campaign-door.ts';
import type { Corridor, WishHandler } from './platform/corridor.ts';
import type { Db } from './platform/database.ts';
import type { Settings } from './platform/settings-schema.ts';

/** A mail server that restarts is back by then. */
const NOTICE_PAUSE_MS_MIN = MINUTE_MS;

interface ApprovalOptions {
  readonly db: Db;
  readonly assets: AssetViews;
  readonly policy: Policy;
  readonly access: Omit<AccessServices, 'db'>;
  readonly settings: Pick<Settings, 'console' | 'consoleUrl' | 'smtpUrl' | 'mailFrom' | 'webhookSecret'>;
}

interface CampaignDoors {
  readonly corridor: Corridor;
  readonly feed: FeedEvent;
  readonly hold: HoldCampaign;
}

/** Backups, trust, signatures, notices and the people behind them: steps 4 and 5, as the corridor and the doors see them. */
export function openApprovals({ db, assets, policy, settings, access }: ApprovalOptions) {
  const doors = openDoors(settings);
  const post = invitationPost(doors, settings);
  const channels = channelsOf(doors, settings);
  const hasMail = doors.mail !== null;
  const wishes: Readonly<Record<string, WishHandler>> = {
    [NOTICE_WISH]: (wish, tx) => grantNotice(doors, wish, tx),
    [LOOK_WISH]: (wish, tx) => grantLook(wish, tx, { hasMail, consoleUrl: settings.consoleUrl ?? null }),
    [TELL_WISH]: (wish, tx) => grantTell(doors, wish, tx),
  };
  return {
    wishes,
    timers: (now: Instant) => [lookTimer(now)],
    routes: ({ corridor, feed, hold }: CampaignDoors) => ({
      ...peopleRoutes({ db, corridor, cookies: access.cookies, post }),
      ...invitationRoutes({ ...access, db, corridor }),
      ...passkeyRoutes({
        db,
        corridor,
        site: passkeySite(settings),
        currentRoot: async () => (await currentRoot(db))?.root ?? null,
      }),
      ...rootRoutes({ db, corridor }),
      ...planRoutes({ db, corridor, feed, hold }),
      ...statementRoutes({ db, corridor, feed, keepWaiver: storeWaiver }),
      ...noticeRoutes({ db, corridor, doors, channels }),
      ...tellingRoutes({ db, corridor, hasMail }),
      ...backupRoutes({
        db,
        corridor,
        usableRoot,
        lane: policy.lanes.routine,
        findAsset: findNamedAsset,
        listAssets: (query) => pageOfNamedAssets(db, assets, query),
        wishesFor: progressOfAsset,
      }),
    }),
    close: async () => {
      doors.mail?.door.close();
      await doors.webhook?.close();
    },
  };
}

function invitationPost({ mail }: NoticeDoors, { consoleUrl }: ApprovalOptions['settings']): InvitationPost {
  if (mail === null) return { consoleUrl, sendMail: null };
  return {
    consoleUrl,
    sendMail: (message) => mail.door.send({ ...message, messageId: `${message.messageId}@${mail.domain}` }),
  };
}

function channelsOf({ mail, webhook }: NoticeDoors, settings: ApprovalOptions['settings']): NoticeChannels {
  return {
    mailFrom: mail === null ? null : senderOf(settings),
    webhook: webhook !== null,
    consoleUrl: settings.consoleUrl ?? null,
  };
}

function senderOf({ mailFrom }: Pick<Settings, 'mailFrom'>): string {
  return mailFrom ?? `Patchsteward <patchsteward@${hostname()}>`;
}

function openDoors({ smtpUrl, mailFrom, webhookSecret }: ApprovalOptions['settings']): NoticeDoors {
  const from = senderOf({ mailFrom });
  return {
    mail: smtpUrl === undefined ? null : { door: openMailDoor({ smtpUrl, from }), domain: domainOf(from) },
    webhook: webhookSecret === undefined ? null : openWebhookDoor(webhookSecret),
    pauseMsMin: NOTICE_PAUSE_MS_MIN,
  };
}

/** Of the sender, so that the ids of messages belong to whoever sends them. // RFC 5322 §3.6.4 */
function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}
