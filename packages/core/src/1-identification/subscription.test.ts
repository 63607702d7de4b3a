import { expect, it } from 'vitest';
import { isSubscriberBuild, subscriberScopeOf, subscriptionNeeded } from './subscription.ts';

it.each([
  ['ubuntu:20.04', 'ubuntu-pro:20.04'],
  ['ubuntu-pro:20.04', 'ubuntu-pro:20.04'],
  ['debian:12', null],
  ['rhel-eus:9.4', null],
  ['npm', null],
])('of %s subscribers have %s', (scope, expected) => {
  expect(subscriberScopeOf(scope)).toBe(expected);
});

it.each([
  ['ubuntu:20.04', '1.0-1ubuntu0.1~esm2', true],
  ['ubuntu:20.04', '1.0-1ubuntu0.1+esm3', true],
  ['ubuntu:20.04', '1.0-1ubuntu0.1', false],
  ['ubuntu:20.04', '1.0-1+esmeralda', false],
  ['debian:12', '1.0-1+esm1', false],
])('on %s the build %s is of subscribers: %s', (scope, sourceVersion, expected) => {
  expect(isSubscriberBuild({ scope, source: 'a', sourceVersion })).toBe(expected);
});

it.each([
  ['a fix of their channel', 'ubuntu:20.04', '1', 'ubuntu-pro:20.04', '2', 'Ubuntu Pro'],
  ['a fix for all', 'ubuntu:20.04', '1', 'ubuntu:20.04', '2', null],
  ['no fix', 'ubuntu:20.04', '1', 'ubuntu-pro:20.04', null, null],
  ['a host that has a build of theirs', 'ubuntu:20.04', '1+esm1', 'ubuntu-pro:20.04', '2', null],
  ['packages listed as theirs', 'ubuntu-pro:20.04', '1', 'ubuntu-pro:20.04', '2', null],
  ['a minor release of Red Hat', 'rhel:9', '1', 'rhel-eus:9.4', '2', null],
])('with %s', (_, scope, sourceVersion, winner, fixed, expected) => {
  expect(subscriptionNeeded({ scope, source: 'a', sourceVersion }, { fixed, winner: { scope: winner } })).toBe(
    expected,
  );
});
