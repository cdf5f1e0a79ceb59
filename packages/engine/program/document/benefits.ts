import { mapOf, setOf } from '../list-shape.ts'
import { optional, record, required } from '../record-shape.ts'
import { id, word } from '../scalar.ts'
import { money } from '../scalar-amount.ts'
import { benefitReference } from '../scalar-reference.ts'
import { percent } from '../scalar-share.ts'
import { period } from '../scalar-time.ts'
import { defined, mapped, type ValueOf } from '../shape.ts'
import { texts } from './assets.ts'
import { audience, during } from './audience.ts'
import { conditionText } from './condition-text.ts'
import { byKind } from './kinds.ts'

const BENEFITS_MAX = 100 // a list that a member can be shown

const basketKeys = record('`basket`', {
  least: optional(money, 'What its lines must come to at least; silence means anything', '30.00 USD'),
  lines: optional(conditionText, 'Only lines of which this is true; silence means all', `'line.category == "wine"'`),
})
/** What a basket must hold. */
export const basket = defined('basket', basketKeys)
export type BasketText = ValueOf<typeof basket>

const offered = {
  name: optional(texts, 'What members read, by language; silence means its id', '{ en: Free shipping }'),
  for: optional(audience, 'Only for these members; silence means all members', '{ tier: [gold] }'),
  when: optional(conditionText, 'A condition on the member; silence means all members', `'member.orders >= 1'`),
  during: optional(during, 'Only in this time; silence means always', '{ from: 2026-03-01, through: 2026-03-31 }'),
  worth: optional(
    money,
    'What one use is worth, to compare value with a fee; silence means that it is not said',
    '8.00 USD',
  ),
}
const kindOf = (kind: string, says: string) =>
  required(word('the kind of a benefit', { [kind]: says }), 'What it is', kind)

const kinds = {
  'free-shipping': mapped(
    record('a benefit', {
      kind: kindOf('free-shipping', 'Shipping costs nothing'),
      basket: optional(basket, 'What an order must hold for it; silence means anything', '{ least: 25.00 USD }'),
      ...offered,
    }),
    (benefit) => ({ ...benefit, type: 'free-shipping' as const }),
  ),
  'percent-off': mapped(
    record('a benefit', {
      kind: kindOf('percent-off', 'A percentage off, on every order'),
      value: required(percent, 'How much off', '5%'),
      lines: optional(
        conditionText,
        'Only on lines of which this is true; silence means all lines',
        `'line.category == "wine"'`,
      ),
      ...offered,
    }),
    (benefit) => ({ ...benefit, type: 'percent-off' as const }),
  ),
  access: mapped(
    record('a benefit', {
      kind: kindOf('access', 'Doors open earlier'),
      opens: required(period, 'How long before everyone else', 'PT24H'),
      ...offered,
    }),
    (benefit) => ({ ...benefit, type: 'access' as const }),
  ),
  adviser: mapped(
    record('a benefit', { kind: kindOf('adviser', 'A person of the shop with a name'), ...offered }),
    (benefit) => ({ ...benefit, type: 'adviser' as const }),
  ),
  service: mapped(
    record('a benefit', { kind: kindOf('service', 'Something the shop does for them'), ...offered }),
    (benefit) => ({ ...benefit, type: 'service' as const }),
  ),
}
type Kinds = typeof kinds
export type BenefitText = { [Kind in keyof Kinds]: ValueOf<Kinds[Kind]> }[keyof Kinds]

export const benefits = mapOf(id, byKind<BenefitText>('a benefit', kinds), BENEFITS_MAX)

/** Benefits by their ids. */
export const benefitList = setOf(benefitReference, BENEFITS_MAX)
