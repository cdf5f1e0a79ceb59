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
  profile: 'state',
  status: 'state',
  footing: 'state',
  ended: 'state',
  begun: 'state',
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

type TypeIn<Family extends EffectFamily> = {
  readonly [Type in Effect['type']]: (typeof FAMILIES)[Type] extends Family ? Type : never
}[Effect['type']]

export const isOf = <Family extends EffectFamily>(
  family: Family,
  effect: Effect,
): effect is Extract<Effect, { readonly type: TypeIn<Family> }> => FAMILIES[effect.type] === family
