import { describe, expect, it } from 'vitest';
import { checkPlans, HOSTS_MAX, type HostPlan, hostPlans } from './host-plan.ts';

const one: HostPlan = {
  name: 'web-1',
  address: '10.77.9.1',
  environment: 'production',
  criticality: 'normal',
  redundancyGroup: null,
};

describe('the hosts of a lab', () => {
  it('are one of each kind that a patch meets', () => {
    expect(hostPlans(4).map(({ name }) => name)).toEqual(['ring-1', 'low-1', 'critical-1', 'critical-2']);
    expect(hostPlans(4).filter((host) => host.environment === 'non-production')).toHaveLength(1);
    expect(hostPlans(4).filter((host) => host.redundancyGroup === 'critical-pair')).toHaveLength(2);
  });

  it.each([1, 4, 5, HOSTS_MAX])('can be %i, each with a name and an address of its own', (count) => {
    const plans = hostPlans(count);

    expect(plans).toHaveLength(count);
    expect(() => checkPlans(plans)).not.toThrow();
  });

  it.each([0, -1, 1.5, Number.NaN, HOSTS_MAX + 1])('cannot be %d', (count) => {
    expect(() => hostPlans(count)).toThrow(/cannot have/);
  });

  it.each([
    ['a name that the kernel would cut', { ...one, name: 'a-very-long-name' }, /cannot be named/],
    ['the name of the hub', { ...one, name: 'hub' }, /cannot be named/],
    ['a name that climbs', { ...one, name: '../x' }, /cannot be named/],
    ['the address of the hub', { ...one, address: '10.77.0.1' }, /cannot have the address/],
    ['a foreign address', { ...one, address: '192.168.1.1' }, /cannot have the address/],
    ['no address', { ...one, address: '10.77.300.1' }, /cannot have the address/],
  ])('cannot have %s', (_, plan, message) => {
    expect(() => checkPlans([plan])).toThrow(message);
  });

  it.each([
    ['name', { ...one, address: '10.77.9.2' }],
    ['address', { ...one, name: 'web-2' }],
  ])('cannot share a %s', (_, other) => {
    expect(() => checkPlans([one, other])).toThrow(/two hosts cannot both be/);
  });
});
