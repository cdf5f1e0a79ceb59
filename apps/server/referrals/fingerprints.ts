import { type Fingerprints, ownIdentity, ownSource } from '@laurel/contract'
import type { ReferralClaim } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowsOf } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import { requireMember } from '../members/require-member.ts'
import { keepFingerprints, othersWith, referralsAmong } from './queries.ts'
import { bucketOfValue } from './referral-code.ts'

export type Signal = ReferralClaim['signals'][number]

/** Somebody else who has a fingerprint in common. */
interface Alike {
  readonly signal: Signal
  readonly member: string
}
interface Claim {
  readonly advocate: string
  readonly friend: string
}

/** More members than this with one device are a shop's own till, or a campus: the latest ones are looked at. */
const ALIKE_MAX = 200

const signalOf = {
  person: 'same-person',
  device: 'same-device',
  address: 'same-address',
  payment: 'same-payment',
} as const satisfies Record<keyof Fingerprints, Signal>

/** Keeps fingerprints of a member, and answers who else has one of them. */
export async function noteFingerprints(
  context: RecordingContext,
  program: string,
  member: string,
  told: Fingerprints,
): Promise<Alike[]> {
  const known = Object.entries(told).flatMap(([kind, hash]) => (hash === undefined ? [] : [{ kind, hash }]))
  if (known.length === 0) return []
  const { application } = context.database
  const values = [
    known.map(({ kind, hash }) => bucketOfValue(program, kind, hash)),
    known.map(({ kind }) => kind),
    known.map(({ hash }) => hash),
  ] as const
  const at = new Date(context.now(program)).toISOString()
  await countOf(application, keepFingerprints(program, member, at, ...values))
  const rows = await rowsOf(application, othersWith(program, member, ...values, ALIKE_MAX))
  const alike = await Promise.all(
    rows.map(async (row) => ({
      signal: signalOf[row.kind as keyof Fingerprints],
      member: await remainingOf(context, program, row.member),
    })),
  )
  // What a member had before it was merged is its own.
  return alike.filter((other) => other.member !== member)
}

/** Claims of a member and of those who are alike, for `suspectsOf`. */
export async function claimsOf(
  context: RecordingContext,
  program: string,
  member: string,
  alike: readonly Alike[],
): Promise<Claim[]> {
  const friends = [...new Set([member, ...alike.map((other) => other.member)])]
  const buckets = friends.map((friend) => bucketOf(program, friend))
  const rows = await rowsOf(context.database.application, referralsAmong(program, buckets, friends))
  return await Promise.all(
    rows.map(async ({ advocate, friend }) => ({ friend, advocate: await remainingOf(context, program, advocate) })),
  )
}

/**
 * Against whose referral it speaks that a member is like others: the member's own where the advocate or another friend of the
 * same advocate is alike, and that of a friend whom the member sent.
 */
export function suspectsOf(
  member: string,
  alike: readonly Alike[],
  claims: readonly Claim[],
): { readonly friend: string; readonly signals: readonly Signal[] }[] {
  const signals = new Map<string, Set<Signal>>()
  const suspect = (friend: string, signal: Signal) => {
    signals.set(friend, (signals.get(friend) ?? new Set()).add(signal))
  }
  const own = claims.filter(({ friend }) => friend === member).map(({ advocate }) => advocate)
  for (const { member: other, signal } of alike) {
    const others = claims.filter(({ friend }) => friend === other).map(({ advocate }) => advocate)
    if (own.includes(other) || others.some((advocate) => own.includes(advocate))) suspect(member, signal)
    if (others.includes(member)) suspect(other, signal)
  }
  return [...signals].map(([friend, found]) => ({ friend, signals: [...found].sort() }))
}

/** Fingerprints that come to be known after the claim, such as that of a payment. */
export async function tellFingerprints(
  context: RecordingContext,
  program: string,
  member: string,
  told: Fingerprints,
): Promise<{ member: string; suspected: string[] }> {
  await requireMember(context, program, member)
  const alike = await noteFingerprints(context, program, member, told)
  const suspects = suspectsOf(member, alike, await claimsOf(context, program, member, alike))
  for (const { friend, signals } of suspects) {
    // What was found between the same two is one fact, however often it is told.
    const identity = ownIdentity(`suspected/${nameOf(friend, member, signals)}`)
    const by = { ...identity, actor: ownSource, reason: 'fingerprint' }
    await ask(context, program, friend, { type: 'referral.suspected', ...by, signals })
  }
  return { member, suspected: suspects.map(({ friend }) => friend) }
}

const nameOf = (friend: string, member: string, signals: readonly Signal[]): string =>
  `${signals.join('+')}/${JSON.stringify([friend, member])}`
