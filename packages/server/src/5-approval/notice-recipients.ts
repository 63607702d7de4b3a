/** An asset as a notice names it. */
export interface NoticeAsset {
  readonly assetId: string;
  readonly name: string;
  /** A login; its person gets the notice by mail. */
  readonly owner: string | null;
  readonly maintenanceGroup: string | null;
}

/** Somebody with an account, as far as they can be written to. */
export interface Contact {
  readonly login: string;
  readonly name: string;
  readonly mail: string | null;
}

export interface StakeholderEntry {
  readonly group: string;
  readonly channel: 'mail' | 'webhook';
  readonly address: string;
  readonly name: string | null;
}

/** Hears of every maintenance group. */
const EVERY_GROUP = '*';

/** One address, and the assets that it hears of. */
interface Recipient {
  readonly channel: 'mail' | 'webhook';
  readonly address: string;
  readonly name: string;
  readonly assetIds: readonly string[];
}

export interface Recipients {
  readonly recipients: readonly Recipient[];
  /** Assets of which nobody at all hears. */
  readonly unheard: readonly string[];
}

/** Owners hear of their own assets, stakeholders of those of their group; one address gets one message. // SOP P6.1, c13 */
export function recipientsOf(
  assets: readonly NoticeAsset[],
  contacts: readonly Contact[],
  stakeholders: readonly StakeholderEntry[],
): Recipients {
  const byLogin = new Map(contacts.map((contact) => [contact.login, contact]));
  const found = new Map<string, { readonly recipient: Omit<Recipient, 'assetIds'>; readonly assetIds: Set<string> }>();
  for (const asset of assets) {
    for (const recipient of hearersOf(asset, byLogin, stakeholders)) {
      const key = `${recipient.channel} ${recipient.address.toLowerCase()}`;
      const entry = found.get(key) ?? { recipient, assetIds: new Set<string>() };
      entry.assetIds.add(asset.assetId);
      found.set(key, entry);
    }
  }
  const heard = new Set([...found.values()].flatMap(({ assetIds }) => [...assetIds]));
  return {
    recipients: [...found.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { recipient, assetIds }]) => ({ ...recipient, assetIds: [...assetIds].sort() })),
    unheard: assets.map(({ assetId }) => assetId).filter((id) => !heard.has(id)),
  };
}

function hearersOf(
  { owner, maintenanceGroup }: NoticeAsset,
  byLogin: ReadonlyMap<string, Contact>,
  stakeholders: readonly StakeholderEntry[],
): Omit<Recipient, 'assetIds'>[] {
  const contact = owner === null ? undefined : byLogin.get(owner.toLowerCase());
  const own = contact?.mail == null ? [] : [{ channel: 'mail' as const, address: contact.mail, name: contact.name }];
  const others = stakeholders
    .filter(({ group }) => group === EVERY_GROUP || group === maintenanceGroup)
    .map(({ channel, address, name }) => ({ channel, address, name: name ?? address }));
  return [...own, ...others];
}
