/** The wish, and the timer of its retry; its key is the id of the notice. */
export const NOTICE_WISH = 'notice.send';
