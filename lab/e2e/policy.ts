const SECOND_MS = 1_000;

/**
 * The procedure's figures, with waits of seconds instead of hours: who must sign, and what is checked, is as always. The
 * hash of it stands in every plan and so in the record. // decided 19
 */
export const LAB_POLICY = {
  schedule: {
    guardMs: 0,
    expectedDurationMs: 10 * SECOND_MS,
    startSpanMinMs: 5 * SECOND_MS,
    strictSpanMs: 30 * SECOND_MS,
    sparesMax: 4,
    spareSpacingMs: 45 * SECOND_MS,
  },
  lanes: {
    critical: {
      noticeMs: 2 * SECOND_MS,
      testSoakMs: 3 * SECOND_MS,
      waveSoakMs: 3 * SECOND_MS,
      soakMs: 3 * SECOND_MS,
      startReserveMs: 5 * SECOND_MS,
    },
  },
} as const;

/** How long the health of a host is watched after its change. */
export const WATCH_SECONDS = 3;
/** How often a host of the lab asks what there is to do. */
export const POLL_MS = 1_500;
