export type { CalendarFreeze, CalendarRead } from './read-calendar.ts';
export { readCalendar } from './read-calendar.ts';
