import { FEED_FORMS, FORMS } from '@patchsteward/feeds';

/** Forms of feeds that a person reads. */
export const FORMS_OF_ANNOUNCEMENTS: readonly string[] = FEED_FORMS.filter(
  (form) => FORMS[form].gives === 'announcements',
);
