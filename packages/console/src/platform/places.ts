import type { ComponentType } from 'react';
import { AssetsIcon, EnrollmentIcon, FeedsIcon } from '../parts/icons.ts';
import { strings } from './strings.ts';

export interface Place {
  readonly to: '/assets' | '/feeds' | '/enrollment';
  readonly title: string;
  readonly icon: ComponentType;
  /** Pressed after `g`. */
  readonly key: string;
}

/** What has a screen of its own, in the order of the procedure; the map is the same in every part of the product. */
export const PLACES: readonly { readonly title: string; readonly places: readonly Place[] }[] = [
  {
    title: strings.rooms.identification,
    places: [{ to: '/assets', title: strings.screens.assets, icon: AssetsIcon, key: 'a' }],
  },
  {
    title: strings.rooms.settings,
    places: [
      { to: '/feeds', title: strings.screens.feeds, icon: FeedsIcon, key: 'd' },
      { to: '/enrollment', title: strings.screens.enrollment, icon: EnrollmentIcon, key: 'e' },
    ],
  },
];
