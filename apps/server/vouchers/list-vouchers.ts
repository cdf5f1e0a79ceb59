import { Problem, type VoucherAnswer } from '@laurel/contract'
import { rowOf, rowsOf } from '../db/transaction.ts'
import { pageOf, placeInTime } from '../http/cursor.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { voucherIn } from './describe-voucher.ts'
import { voucherOfMember, vouchersOfMember } from './queries.ts'

/** What a member has in hand, latest first. */
export async function listVouchers(
  context: ProgramContext,
  program: string,
  member: string,
  {
    status,
    limit,
    cursor,
  }: { readonly status: 'open' | 'all'; readonly limit: number; readonly cursor?: string | undefined },
) {
  const gathered = await gatherMember(context, program, member)
  const [at = null, id = null] = placeInTime(cursor, 2)
  const { application } = context.database
  const rows = await rowsOf(
    application,
    vouchersOfMember(gathered.bucket, program, member, status === 'all', at, id, limit + 1),
  )
  const { page, next } = pageOf(rows, limit, (row) => [row.issued_at, row.id])
  const found = page.map((row) => voucherIn(gathered, row))
  return {
    member,
    zone: gathered.zone,
    vouchers: found.filter((each) => status === 'all' || each.status === 'open'),
    next,
  }
}

export async function readVoucher(
  context: ProgramContext,
  program: string,
  member: string,
  id: string,
): Promise<VoucherAnswer> {
  const gathered = await gatherMember(context, program, member)
  const row = await rowOf(context.database.application, voucherOfMember(gathered.bucket, program, member, id))
  if (row === undefined) throw new Problem('unknown-voucher')
  return voucherIn(gathered, row)
}
