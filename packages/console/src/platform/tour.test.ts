import { QueryClient } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';
import { STOPS } from '../../../../demo/tour/stops.ts';
import { createConsoleRouter } from './router.ts';

// What every screen may look like comes with styles, which only a browser loads; the addresses do without.
vi.mock('../parts/screen-states.tsx', () => ({ FailedScreen: null, NotFoundScreen: null, PendingScreen: null }));

const router = createConsoleRouter(new QueryClient());

it.each(STOPS.map(({ name, path, search }) => [name, path, search ?? {}] as const))(
  'the picture %s of the tour is of a screen that there is: %s %j',
  (_, path, search) => {
    const route = Object.values(router.routesByPath).find(({ fullPath }) => fullPath === path);

    expect(route?.fullPath).toBe(path);
    // What the screen does not know it drops; a tour must not ask for it.
    const validate = route?.options.validateSearch;
    const known = typeof validate === 'function' ? validate(search) : {};
    expect(known).toEqual(search);
  },
);
