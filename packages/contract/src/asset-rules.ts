import { z } from 'zod';
import { AssetChange } from './identification.ts';
import { Id, textOf } from './units.ts';

/** A person reads them from the top; each is compared with every name of the fleet. */
export const RULES_MAX = 200;

export const RuleSet = AssetChange.omit({ version: true, name: true, kind: true })
  .refine((set) => Object.values(set).some((value) => value !== undefined), 'must name at least one field')
  .meta({ id: 'RuleSet' });
export type RuleSet = z.infer<typeof RuleSet>;

/** `*`: any characters, `?`: one. The length of the longest host name. // RFC 1035 §2.3.4 */
const Pattern = textOf(255).min(1);

/** Hosts that are called so are this. // checklist c2 */
export const AssetRuleBody = z
  .object({
    id: Id,
    /** From 1; the first rule that speaks of a field decides it. */
    position: z.number().int(),
    pattern: z.string(),
    note: z.string().nullable(),
    set: RuleSet,
    /** Assets with such a name now. */
    assets: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'AssetRule' });
export type AssetRuleBody = z.infer<typeof AssetRuleBody>;

export const AssetRuleList = z
  .object({ items: z.array(AssetRuleBody), total: z.number().int() })
  .meta({ id: 'AssetRuleList' });
export type AssetRuleList = z.infer<typeof AssetRuleList>;

export const AssetRuleChange = z
  .strictObject({
    /** Must equal the rule's current version; 0 makes a new one. */
    version: z.number().int().min(0),
    pattern: Pattern,
    note: textOf(255).nullable().default(null),
    set: RuleSet,
    /** Where it shall stand; absent: where it is, a new one last. */
    position: z.number().int().min(1).max(RULES_MAX).optional(),
  })
  .meta({ id: 'AssetRuleChange' });
export type AssetRuleChange = z.output<typeof AssetRuleChange>;

export const AssetRulesApply = z
  .strictObject({
    key: Id,
    /** Also what people said of single assets. */
    overwriteByHand: z.boolean().default(false),
    /** Say what would change, and change nothing. */
    preview: z.boolean().default(false),
  })
  .meta({ id: 'AssetRulesApply' });
export type AssetRulesApply = z.output<typeof AssetRulesApply>;
