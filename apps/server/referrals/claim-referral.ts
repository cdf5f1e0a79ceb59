import { type Fingerprints, ownIdentity, Problem, type ReferralClaimed } from '@laurel/contract'
import { addToTime, type Period } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { countOf, rowOf } from '../db/transaction.ts'
import { ask } from '../decisions/ask.ts'
import { versionsForId } from '../decisions/own-versions.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { gatherMember } from '../members/gather-member.ts'
import { requireMember } from '../members/require-member.ts'
import { rulingAt } from '../programs/timeline.ts'
import { instantOf, localOf } from '../programs/zone.ts'
import { claimsOf, noteFingerprints, suspectsOf } from './fingerprints.ts'
import { type ClaimRow, claimOf, friendsSince, keepClaim } from './queries.ts'
import { advocateOfCode } from './referral-code.ts'

/**
 * A new member was sent by another (RFL-1). What speaks against it is found first and written down with the claim; the engine
 * then judges what was written, so that a claim that is sent again, or that a crash has cut short, says the same.
 */
export async function claimReferral(
  context: RecordingContext,
  program: string,
  friend: string,
  { code, fingerprints }: { readonly code: string; readonly fingerprints: Fingerprints },
  idempotencyKey: string,
): Promise<ReferralClaimed> {
  await requireMember(context, program, friend)
  const advocate = await advocateOfCode(context, program, code)
  if (advocate === friend) throw new Problem('referral-of-oneself')
  const claimed = await kept(context, program, advocate, friend, fingerprints)
  const { decision, repeated } = await ask(context, program, friend, {
    type: 'referral.claim',
    ...ownIdentity(`referral/${idempotencyKey}`),
    // As they were called when it was claimed first: sent again it is the same request.
    advocate: claimed.advocate,
    // Our own text, written then.
    signals: JSON.parse(claimed.signals),
    recent: claimed.recent,
  })
  const { refusal } = decision
  return { member: friend, granted: refusal === undefined, refusal: refusal ?? null, repeated }
}

async function kept(
  context: RecordingContext,
  program: string,
  advocate: string,
  friend: string,
  told: Fingerprints,
): Promise<ClaimRow> {
  const { application } = context.database
  const [advocates, friends] = await Promise.all([
    namesOf(context, program, advocate),
    namesOf(context, program, friend),
  ])
  const buckets = advocates.map((name) => bucketOf(program, name))
  const known = await rowOf(application, claimOf(program, buckets, advocates, friends))
  if (known !== undefined) return known
  const alike = await noteFingerprints(context, program, friend, told)
  const claims = [...(await claimsOf(context, program, friend, alike)), { advocate, friend }]
  const signals = suspectsOf(friend, alike, claims).find((suspect) => suspect.friend === friend)?.signals ?? []
  const now = context.now(program)
  const since = await spanStart(context, program, advocate, now)
  const others = await rowOf(application, friendsSince(program, buckets, advocates, since, friends))
  const at = new Date(now).toISOString()
  const found = [JSON.stringify(signals), 1 + (others?.friends ?? 0)] as const
  await countOf(application, keepClaim(bucketOf(program, advocate), program, advocate, friend, at, ...found))
  const row = await rowOf(application, claimOf(program, buckets, advocates, friends))
  if (row === undefined) throw new Error('a claim that was just written is not there')
  return row
}

/** Every name that the member has had: its own, and those of whom it goes on for (MRG-1). */
async function namesOf(context: RecordingContext, program: string, member: string): Promise<readonly string[]> {
  const { id, stored } = await gatherMember(context, program, member)
  return [id, ...(stored.aliases ?? [])]
}

/** From when on friends count towards the velocity. Without a referral nothing does, and the engine refuses. */
async function spanStart(context: RecordingContext, program: string, member: string, now: number): Promise<string> {
  const programs = await context.timelines.of(program)
  const ruling = programs && rulingAt(versionsForId(programs, program, member), now)
  const within: Period | undefined = ruling?.referral?.review.velocity.within
  if (ruling === null || within === undefined) return new Date(now).toISOString()
  return new Date(instantOf(ruling.zone, addToTime(localOf(ruling.zone, now), within, -1))).toISOString()
}
