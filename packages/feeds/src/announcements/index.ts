export type { Announcement } from './announcement.ts';
export { parseAnnouncements } from './parse.ts';
