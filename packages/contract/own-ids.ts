/** The source of what is asked of Laurel directly (redemptions, acts of staff): no system of the business's has this name. */
export const ownSource = 'laurel'

/** What Laurel itself says or is asked directly: with this word the id of each such event begins. */
const OWN_DEEDS = [
  'accept',
  'adjust',
  'anniversary',
  'birthday',
  'called-off',
  'cancel',
  'confirm',
  'correct',
  'created',
  'draw',
  'erase',
  'extend',
  'freeze',
  'gift',
  'give',
  'joined',
  'late-debt',
  'leaderboard',
  'leave',
  'merge',
  'offer',
  'override',
  'pool',
  'referral',
  'reinstate',
  'rejoin',
  'reserve',
  'restore',
  'return',
  'returned',
  'review',
  'revoke',
  'seat',
  'suspected',
  'unmerge',
  'unmerged',
  'use',
] as const
export type OwnDeed = (typeof OWN_DEEDS)[number]
/** The deed, and what makes it one of its kind: the key of a request, the member and the year. */
export type OwnId = `${OwnDeed}/${string}`

/** Under which identity Laurel records an event of its own. */
export const ownIdentity = (id: OwnId) => ({ source: ownSource, id }) as const

/** What such an id says; null: it is none. */
export function ownDeedIn(id: string): { readonly deed: OwnDeed; readonly of: string } | null {
  const [, word, of = ''] = /^([^/]+)\/(.*)$/.exec(id) ?? []
  const deed = OWN_DEEDS.find((known) => known === word)
  return deed === undefined ? null : { deed, of }
}
