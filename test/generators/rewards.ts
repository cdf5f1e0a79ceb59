import type { Basket, Cap, Ladder, MemberEvent, OrderContent, Price, Reward, Stamp, Validity } from '@laurel/engine'
import fc from 'fast-check'
import { capOf, everyone, reward } from '../vectors/program-builder.ts'
import { audience, during, onLine, some } from './conditions.ts'
import { lifeOf, type Scale, spansOf } from './scale.ts'

/** Rewards of every kind that decides something by itself, and what is asked about their vouchers. */

const fixed = (amount: number): Price => ({
  type: 'fixed',
  asset: 'points',
  choices: [{ audience: everyone, amount }],
})

const validity = (scale: Scale): fc.Arbitrary<Validity> =>
  fc.oneof(
    { arbitrary: fc.constant<Validity>({ type: 'never' }), weight: 2 },
    {
      arbitrary: lifeOf(scale),
      weight: 3,
    },
  )

const basket: fc.Arbitrary<Basket | null> = some(
  fc.record({ least: fc.constantFrom(0, 2500), lines: some(fc.constantFrom(...onLine), 2) }),
  2,
)

/** How often a member may have a reward. */
const limit = (id: string, scale: Scale): fc.Arbitrary<Cap> =>
  fc.oneof(...spansOf(scale)).map((span) => capOf(`${id}-limit`, 1, { counts: 'times', span, edge: 'refuse' }))

/** What is asked of a voucher's order, how long it is good, and what else can become of it. */
const terms = (id: string, scale: Scale): fc.Arbitrary<Partial<Reward>> =>
  fc.record({
    expiry: validity(scale),
    basket,
    together: fc.boolean(),
    instead: fc.constantFrom(null, { charity: 'green-city', minor: 500 }),
    cap: some(limit(id, scale), 4),
  })

export const rewards = (ladders: readonly Ladder[], scale: Scale): fc.Arbitrary<ReadonlyMap<string, Reward>> =>
  fc
    .record({
      limited: audience(ladders),
      cheaper: audience(ladders),
      during: some(during(scale), 3),
      treat: terms('treat', scale),
      off: terms('off', scale),
      tenth: terms('tenth', scale),
      post: terms('post', scale),
      item: terms('item', scale),
      entry: fc.record({ expiry: validity(scale), during: some(during(scale), 2) }),
      card: validity(scale),
      gift: validity(scale),
      most: fc.constantFrom(null, 300),
    })
    .map((drawn): ReadonlyMap<string, Reward> => {
      const treat: Price = {
        type: 'fixed',
        asset: 'points',
        choices: [
          { audience: drawn.cheaper, amount: 10 },
          { audience: everyone, amount: 25 },
        ],
      }
      const chosen: Price = {
        type: 'chosen',
        asset: 'points',
        least: 5,
        most: 60,
        step: 5,
        worth: { amount: 1, minor: 1 },
      }
      const all: readonly Reward[] = [
        reward('any', { kind: { type: 'pay-with-points' }, price: chosen }),
        reward('treat', { ...drawn.treat, audience: drawn.limited, during: drawn.during, price: treat }),
        reward('off', { ...drawn.off, kind: { type: 'money-off', minor: 700 }, price: fixed(10) }),
        reward('tenth', {
          ...drawn.tenth,
          kind: { type: 'percent-off', percent: { numerator: 1, denominator: 10 }, most: drawn.most },
          price: { type: 'free' },
        }),
        reward('post', { ...drawn.post, kind: { type: 'free-shipping' }, price: fixed(5) }),
        reward('item', { ...drawn.item, kind: { type: 'product', sku: 'sku-1' }, price: fixed(5) }),
        reward('entry', { ...drawn.entry, kind: { type: 'access', earlier: null }, price: fixed(5) }),
        reward('card', { expiry: drawn.card, kind: { type: 'gift-card', minor: 1000 }, price: fixed(15) }),
        reward('cause', { kind: { type: 'donation', charity: 'green-city', minor: null }, price: fixed(10) }),
        reward('tree', { kind: { type: 'donation', charity: 'green-city', minor: 300 } }),
        reward('swap', { kind: { type: 'exchange', asset: 'status', amount: 7 }, price: fixed(10) }),
        reward('gift', { expiry: drawn.gift }),
      ]
      return new Map(all.map((each) => [each.id, each]))
    })

export const rewardNames = ['off', 'tenth', 'post', 'item', 'entry', 'card', 'cause', 'swap', 'card'] as const

// ---- what is asked of vouchers -----------------------------------------------------------------------------------------

/** Names of vouchers that may be there by now: redemptions, and awards that the program could give. */
export const awardedNames = [
  'card/card/1',
  'card/card/1',
  'card/card/2',
  'entry/one/silver',
  'entry/one/gold',
  'referral/friend/2',
  'referral/ben/2',
]

export interface Asked {
  readonly voucher: string
  /** `source/id` of uses so far. */
  readonly uses: readonly { readonly voucher: string; readonly use: string; readonly orderKey: string | null }[]
  readonly order: string | null
  readonly basket: OrderContent | null
  readonly share: number
  readonly pick: number
}

interface Named {
  readonly source: string
  readonly id: string
  readonly stamp: Stamp
}

export type VoucherStep = 'use' | 'use-part' | 'restore' | 'give-back' | 'give-away' | 'revoke'

export function askOfVoucher(
  kind: VoucherStep,
  { voucher, uses, order, basket: content, share, pick }: Asked,
  common: Named,
  staff: Named & { readonly actor: string; readonly reason: string },
): MemberEvent {
  switch (kind) {
    case 'use':
    case 'use-part': {
      const amount = kind === 'use-part' ? 110 * share : null
      const orderKey = order === null ? null : `shop/${order}`
      return { ...common, type: 'voucher.use', voucher, orderKey, basket: content, amount, answer: null }
    }
    case 'restore': {
      const known = uses.at(-1 - (pick % 3)) ?? uses[0]
      const use = share > 10 ? 'shop/none' : (known?.use ?? 'shop/none')
      const { orderKey = null } = known ?? {}
      return { ...common, type: 'voucher.restore', voucher: known?.voucher ?? voucher, use, orderKey, answer: null }
    }
    case 'give-back':
      return { ...common, type: 'voucher.return', voucher, answer: null }
    case 'give-away':
      return { ...common, type: 'voucher.give', voucher, answer: null }
    case 'revoke':
      return {
        ...staff,
        type: 'voucher.revoked',
        voucher,
        ...(pick % 2 === 0 ? { priceBack: true } : null),
        answer: null,
      }
  }
}
