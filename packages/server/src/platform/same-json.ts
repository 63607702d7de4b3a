/** Whether two values are the same JSON: the order of members says nothing, and one that is undefined is not there. */
export function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) || Array.isArray(other)) {
    return Array.isArray(one) && Array.isArray(other) && sameItems(one, other);
  }
  return sameMembers(one, other);
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, place) => sameJson(item, other[place]));
}

/** It is asked of every look at every campaign: no copies are made. */
function sameMembers(one: object, other: object): boolean {
  for (const name of Object.keys(one)) {
    const value = one[name as keyof typeof one];
    if (value !== undefined && !sameJson(value, memberOf(other, name))) return false;
  }
  return Object.keys(other).every((name) => memberOf(other, name) === undefined || memberOf(one, name) !== undefined);
}

function memberOf(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name as keyof typeof value] : undefined;
}
