import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY } from '../policy/index.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../vocabulary/index.ts';
import { feasibilityOf } from './feasibility.ts';
import type { Interval } from './interval.ts';
import type { StartFacts, Windowed } from './starts.ts';
import type { ZoneTable } from './zone-clock.ts';

/** A Friday at noon in Berlin. */
const NOW = Date.parse('2026-11-20T11:00Z');
const BERLIN: ZoneTable = {
  zone: 'Europe/Berlin',
  tzdata: 'by hand',
  segments: [{ from: 0, offsetMs: HOUR_MS }],
};
const HOST: Windowed = { assetId: 'web-1', expectedMs: null, maintenanceGroup: 'nights', extraordinary: [] };

function factsOf(windows: readonly Interval[], more: Partial<StartFacts> = {}): StartFacts {
  return {
    kind: 'production',
    lane: 'critical',
    due: NOW + 2 * DAY_MS,
    now: NOW,
    notBefore: NOW,
    policy: DEFAULT_POLICY,
    windows: { nights: windows },
    ...more,
  };
}

function windowAt(from: string, hours: number): Interval {
  return { from: Date.parse(from), until: Date.parse(from) + hours * HOUR_MS };
}

const text = (instant: Instant) => new Date(instant).toISOString().slice(0, 16);

describe('an asset', () => {
  it('with a window before it is due is in time', () => {
    const found = feasibilityOf(HOST, factsOf([windowAt('2026-11-21T01:00Z', 4)]), BERLIN);

    expect(found).toMatchObject({ isInTime: true, reasons: [], extraordinary: null });
    expect(text(found.first?.from ?? 0)).toBe('2026-11-21T01:02');
  });

  it.each([
    ['whose window comes too late', [windowAt('2026-11-23T01:00Z', 4)], 'no-window-before-due'],
    ['whose window is too short', [windowAt('2026-11-21T01:00Z', 0.2)], 'window-too-short'],
    ['without a window', [], 'no-maintenance-window'],
  ])('%s is named, and offered the next night', (_, windows, reason) => {
    const found = feasibilityOf(HOST, factsOf(windows), BERLIN);

    expect(found.isInTime).toBe(false);
    expect(found.reasons.map(({ code }) => code)).toEqual([reason]);
    expect(text(found.extraordinary?.from ?? 0)).toBe('2026-11-20T23:00');
  });

  it('that is due before the night is offered the first time there is', () => {
    const found = feasibilityOf(HOST, factsOf([], { due: NOW + 8 * HOUR_MS }), BERLIN);

    // After the notice of four hours.
    expect(text(found.extraordinary?.from ?? 0)).toBe('2026-11-20T15:00');
  });

  it('whose time is over is offered none', () => {
    expect(feasibilityOf(HOST, factsOf([], { due: NOW + MINUTE_MS }), BERLIN).extraordinary).toBeNull();
  });

  it('with the offered window is in time, whatever the lane, its due time and its zone', () => {
    const lanes = fc.constantFrom('routine', 'critical', 'emergency', 'mitigation');
    let offered = 0;
    fc.assert(
      fc.property(
        lanes,
        fc.integer({ min: 1, max: 60 * 24 * 40 }),
        fc.integer({ min: -24 * 12, max: 24 * 12 }),
        fc.integer({ min: 0, max: 7 * 24 * 60 }),
        (lane, dueMinutes, offsetHalfHours, laterMinutes) => {
          const facts = factsOf([], {
            lane,
            due: NOW + dueMinutes * MINUTE_MS,
            notBefore: NOW + laterMinutes * MINUTE_MS,
          });
          const table = { ...BERLIN, segments: [{ from: 0, offsetMs: (offsetHalfHours * HOUR_MS) / 24 }] };
          const { extraordinary } = feasibilityOf(HOST, facts, table);
          if (extraordinary === null) return;
          offered += 1;

          expect(feasibilityOf({ ...HOST, extraordinary: [extraordinary] }, facts, table).isInTime).toBe(true);
        },
      ),
    );
    expect(offered).toBeGreaterThan(10);
  });
});
