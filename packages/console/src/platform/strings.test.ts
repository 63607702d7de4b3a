import { LaneText, PASSWORD_CHARACTERS_MIN, SeverityText } from '@patchsteward/contract';
import { CRITICALITIES, ENVIRONMENTS, EXPOSURES, REASONS, ROLES } from '@patchsteward/core/vocabulary';
import { expect, it } from 'vitest';
import { strings } from './strings.ts';

it('names the length of a password that the server asks for', () => {
  expect(strings.access.passwordCharactersMin).toBe(PASSWORD_CHARACTERS_MIN);
});

it.each([
  ['lanes', LaneText.options, strings.lane],
  ['severities', SeverityText.options, strings.severity],
  ['criticalities', CRITICALITIES, strings.criticality],
  ['exposures', EXPOSURES, strings.exposure],
  ['environments', ENVIRONMENTS, strings.environment],
  ['roles', ROLES, strings.roleTitle],
  ['who clears reasons', new Set(Object.values(REASONS).flat()), strings.role],
])('has a word for all %s', (_, words, catalog) => {
  expect(Object.keys(catalog)).toEqual(expect.arrayContaining([...words]));
});
