import { createHash } from 'node:crypto'
import { Problem, type ReferralCode } from '@laurel/contract'
import { BUCKETS } from '@laurel/ledger'
import { countOf, rowOf } from '../db/transaction.ts'
import type { RecordingContext } from '../decisions/recorder.ts'
import { remainingOf } from '../decisions/remaining.ts'
import { requireMember } from '../members/require-member.ts'
import { bare, type Vault } from '../vouchers/vault.ts'
import { countClick, keepReferralCode, referralCodeRow } from './queries.ts'

/** In the bucket of a value, whoever the member is. */
export function bucketOfValue(program: string, ...parts: readonly string[]): number {
  return (
    createHash('sha256')
      .update([program, ...parts].join('\0'))
      .digest()
      .readUInt16BE(0) &
    (BUCKETS - 1)
  )
}

/** With a thousand million codes out, one in a hundred meets another, and its second attempt does no more often. */
const ATTEMPTS_MAX = 12

/** The member's code: derived, not drawn, so that two servers that are asked at once give the same one. */
export async function makeReferralCode(
  context: RecordingContext,
  vault: Vault,
  program: string,
  member: string,
): Promise<ReferralCode> {
  await requireMember(context, program, member)
  const at = new Date(context.now(program)).toISOString()
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const code = vault.referralCode(program, member, attempt)
    const bucket = bucketOfValue(program, code)
    await countOf(context.database.application, keepReferralCode(bucket, program, code, member, at))
    const row = await rowOf(context.database.application, referralCodeRow(bucket, program, code))
    if (row?.member === member) return { member, code: shown(code) }
  }
  throw new Error('no referral code could be made that is not there already')
}

/** In two groups, as it is read aloud. */
const shown = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

export async function advocateOfCode(context: RecordingContext, program: string, typed: string): Promise<string> {
  const code = bare(typed)
  const row = await rowOf(context.database.application, referralCodeRow(bucketOfValue(program, code), program, code))
  if (row === undefined) throw new Problem('unknown-referral-code')
  return await remainingOf(context, program, row.member)
}

/** Nobody knows who followed the link: only how often somebody did. */
export async function countReferralClick(
  context: RecordingContext,
  program: string,
  typed: string,
): Promise<{ code: string; clicks: number }> {
  const code = bare(typed)
  const row = await rowOf(context.database.application, countClick(bucketOfValue(program, code), program, code))
  if (row === undefined) throw new Problem('unknown-referral-code')
  return { code: shown(code), clicks: Number(row.clicks) }
}
