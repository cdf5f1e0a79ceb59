/** What a line of the ledger means to members, by its pair of accounts: the sign with which its amount counts. */

export const earnedFlow = (from: string, to: string): number => (from === 'issued' ? 1 : 0) - (to === 'issued' ? 1 : 0)

/** Redeemed, given to a charity or burned at a partner's. */
export const spentFlow = (from: string, to: string): number =>
  (isOfMember(from) && isSpent(to) ? 1 : 0) - (isSpent(from) && isOfMember(to) ? 1 : 0)

/** Lapsed or forfeited. */
export const brokenFlow = (from: string, to: string): number => (isBroken(to) ? 1 : 0) - (isBroken(from) ? 1 : 0)

const isOfMember = (account: string): boolean => ['pending', 'active', 'held', 'debt'].includes(account)
const isSpent = (account: string): boolean => account === 'redeemed' || isOfParty(account)
const isOfParty = (account: string): boolean => account.startsWith('charity:') || account.startsWith('partner:')
const isBroken = (account: string): boolean => account === 'expired' || account === 'forfeited'
