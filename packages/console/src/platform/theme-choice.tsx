import type { ComponentType } from 'react';
import { DarkThemeIcon, LightThemeIcon, SystemThemeIcon } from '../parts/icons.ts';
import { strings } from './strings.ts';
import { chooseTheme, THEMES, type Theme, useTheme } from './theme.ts';

const ICONS = {
  system: SystemThemeIcon,
  light: LightThemeIcon,
  dark: DarkThemeIcon,
} as const satisfies Record<Theme, ComponentType>;

/** Light, dark, or as the system is; kept in this browser. */
export function ThemeChoice() {
  const chosen = useTheme();
  return (
    <fieldset className="ps-themes">
      <legend className="ps-unseen">{strings.shell.theme}</legend>
      {THEMES.map((theme) => {
        const Icon = ICONS[theme];
        return (
          <label key={theme} data-hint={strings.shell.themes[theme]}>
            <input
              type="radio"
              name="theme"
              className="ps-unseen"
              checked={theme === chosen}
              onChange={() => chooseTheme(theme)}
            />
            <Icon />
            <span className="ps-unseen">{strings.shell.themes[theme]}</span>
          </label>
        );
      })}
    </fieldset>
  );
}
