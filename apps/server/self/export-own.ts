import type { RecordingContext } from '../decisions/recorder.ts'
import { gatherMember } from '../members/gather-member.ts'
import { readProfile } from '../members/read-member.ts'
import { readReferral } from '../referrals/read-referrals.ts'
import { readImpact } from '../settlement/read-impact.ts'
import { listVouchers } from '../vouchers/list-vouchers.ts'
import { readOwnCard } from './read-own-card.ts'
import { readOwnStatement } from './read-own-statement.ts'

/** Lines of one page; a page is in memory at a time, however long somebody has been a member. */
const linesRead = 200

/** Everything of a member, one thing a line: who they are to the shop, what they have, and every movement. */
export async function* exportOwn(context: RecordingContext, program: string, member: string): AsyncGenerator<string> {
  const line = (kind: string, content: object) => `${JSON.stringify({ kind, content })}\n`
  const gathered = await gatherMember(context, program, member)
  const { tags, segments } = gathered.member
  yield line('profile', await readProfile(context, gathered.bucket, program, gathered.id))
  yield line('marks', { tags, segments })
  yield line('card', await readOwnCard(context, program, member))
  yield line('impact', await readImpact(context, program, member))
  const { friends, clicks } = await readReferral(context, program, member)
  yield line('friends', { friends: friends.map(({ outcome, on }) => ({ outcome, on })), clicks })
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listVouchers(context, program, member, { status: 'all', limit: linesRead, cursor })
    for (const voucher of page.vouchers) yield line('voucher', voucher)
    cursor = page.next
  }
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await readOwnStatement(context, program, member, { limit: linesRead, cursor })
    for (const moved of page.lines) yield line('movement', moved)
    cursor = page.next
  }
}
