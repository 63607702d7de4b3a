export type { AdvisoryFormat } from './advisories.ts';
export { advisoryFormatOf, parseAdvisories } from './advisories.ts';
export type { Announcement } from './announcements/index.ts';
export { parseAnnouncements } from './announcements/index.ts';
export { isZip, unpacked } from './archive/unpack.ts';
export type { ZipLimits, ZipMember } from './archive/zip.ts';
export { zipMembers } from './archive/zip.ts';
export { ZipWriter, zipOf } from './archive/zip-write.ts';
export type { CsafIdentity } from './csaf/index.ts';
export { csafIdentityOf } from './csaf/index.ts';
export type { CsafProvider, ListedDocument, ProviderFileKind, ProviderList } from './csaf-provider/index.ts';
export {
  isCsafDocument,
  isProviderList,
  missingDocuments,
  parseChanges,
  parseHashFile,
  parseIndex,
  parseProviderMetadata,
  parseRolie,
  providerFileKind,
  providerJsonKind,
} from './csaf-provider/index.ts';
export { parseCve } from './cve/index.ts';
export { parseDebianOsv } from './debian-osv/index.ts';
export { parseSupportList } from './debian-support/index.ts';
export { detectFeed, feedOf, HEAD_BYTES, hasFeedName, headBytesFor } from './detect.ts';
export { parseLifecycles } from './endoflife/index.ts';
export type { Epss, EpssScore } from './epss/index.ts';
export { parseEpss } from './epss/index.ts';
export { familyOf } from './family.ts';
export type { Feed } from './feed.ts';
export { FEEDS, feedFor, knownFeed, STALE_AFTER_MS, supportListOf } from './feed.ts';
export type { FeedForm, FeedGives } from './feed-form.ts';
export { FEED_FORMS, FORMS } from './feed-form.ts';
export type { FeedFault } from './feed-unreadable.ts';
export { FeedUnreadable } from './feed-unreadable.ts';
export { parseJson } from './json.ts';
export type { Kev, KnownExploited } from './kev/index.ts';
export { parseKev } from './kev/index.ts';
export { parseNvd } from './nvd/index.ts';
export type { Advisories, ToWrite } from './osv/index.ts';
export { writtenRecords } from './osv/index.ts';
export type { Quarantined } from './quarantine.ts';
export type { Rated, RatedFile } from './rated.ts';
export type { ListedUpdateinfo } from './updateinfo/index.ts';
export { parseRepomd } from './updateinfo/index.ts';
