import type { Effect, Remark } from './effect.ts'

/**
 * Where an effect is felt. Whoever acts on effects names in one line the families that do not concern it, and switches over what
 * remains; who adds an effect says its family here, and the compiler asks for it in those switches.
 *
 * - `books`: an amount moves, a line of the ledger.
 * - `state`: the member's state, and nothing else.
 * - `shown`: the member's state, and whoever is told of the decision or finds it in rows.
 * - `beyond`: what is not the member's own: what others are sent, what all members share.
 * - `remark`: nothing; it is said aside.
 */
export type EffectFamily = 'books' | 'state' | 'shown' | 'beyond' | 'remark'

const FAMILIES = {
  move: 'books',

  lot: 'state',
  lapsed: 'state',
  pending: 'state',
  history: 'state',
  hold: 'state',
  count: 'state',
  'idle-stretch': 'state',
  'ladder-gone': 'state',
  qualified: 'state',
  owe: 'state',
  'refund-noted': 'state',
  shortfalls: 'state',
  profile: 'state',
  status: 'state',
  footing: 'state',
  ended: 'state',
  begun: 'state',
  'put-right': 'state',
  converted: 'state',
  forfeited: 'state',
  head: 'state',
  'used-for': 'state',
  entered: 'state',
  missed: 'state',
  seat: 'state',
  'called-off': 'state',
  plan: 'state',
  'paid-ahead': 'state',
  friend: 'state',
  belonging: 'state',
  wallet: 'state',
  occasion: 'state',
  card: 'state',
  challenge: 'state',
  leaderboard: 'state',
  exposed: 'state',
  offer: 'state',
  merged: 'state',
  'benefit-used': 'state',

  order: 'shown',
  tier: 'shown',
  wait: 'shown',
  'wait-ended': 'shown',
  voucher: 'shown',
  badge: 'shown',
  'hold-ended': 'shown',
  referral: 'shown',
  'rows-gone': 'shown',

  send: 'beyond',
  room: 'beyond',

  refused: 'remark',
  reserved: 'remark',
  confirmed: 'remark',
  cancelled: 'remark',
  capped: 'remark',
  'sold-out': 'remark',
  'card-waiting': 'remark',
  'not-settled': 'remark',
  'clawed-back': 'remark',
  refunded: 'remark',
  queued: 'remark',
  'queue-answered': 'remark',
  'debt-waived': 'remark',
  'less-than-granted': 'remark',
  donated: 'remark',
  'seat-offer': 'remark',
  'too-soon': 'remark',
  'challenge-reached': 'remark',
  'offer-told': 'remark',
  'not-in-force': 'remark',
  'not-earning': 'remark',
  'tier-at-risk': 'remark',
} as const satisfies {
  readonly [Type in Effect['type']]: Type extends Remark['type'] ? 'remark' : Exclude<EffectFamily, 'remark'>
}

/**
 * Which remarks a fact has to say when its past is told again with the fact in it. The queue of refunds is the member's own state,
 * and a late fact's decision says it as that (`difference.ts`); of a fact that came for a member who had gone into another it is said
 * here. Null: it is of requests, acts or time, never of a fact.
 */
const SAID_AGAIN: Readonly<Record<Remark['type'], 'always' | 'through-a-merge' | null>> = {
  capped: 'always',
  'sold-out': 'always',
  'card-waiting': 'always',
  'not-settled': 'always',
  'clawed-back': 'always',
  refunded: 'always',
  donated: 'always',
  'challenge-reached': 'always',
  'offer-told': 'always',
  'not-in-force': 'always',
  'not-earning': 'always',

  queued: 'through-a-merge',
  'queue-answered': 'through-a-merge',

  refused: null,
  reserved: null,
  confirmed: null,
  cancelled: null,
  'debt-waived': null,
  'less-than-granted': null,
  'seat-offer': null,
  'too-soon': null,
  'tier-at-risk': null,
}

/** For a late fact of the member's own. */
export const isSaidLate = ({ type }: Remark): boolean => SAID_AGAIN[type] === 'always'

/** For a fact of a member who had gone into another by then. */
export const isSaidThroughMerge = ({ type }: Remark): boolean => SAID_AGAIN[type] !== null

type TypeIn<Family extends EffectFamily> = {
  readonly [Type in Effect['type']]: (typeof FAMILIES)[Type] extends Family ? Type : never
}[Effect['type']]

export const isOf = <Family extends EffectFamily>(
  family: Family,
  effect: Effect,
): effect is Extract<Effect, { readonly type: TypeIn<Family> }> => FAMILIES[effect.type] === family
