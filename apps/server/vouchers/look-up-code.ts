import { Problem, type VoucherAnswer } from '@laurel/contract'
import { nameBrought } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { rowOf } from '../db/transaction.ts'
import { goesOnAs } from '../decisions/remaining.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readVoucher } from './list-vouchers.ts'
import { codeByHash, voucherOfMember } from './queries.ts'
import { bucketOfCode } from './reveal-code.ts'
import type { Vault } from './vault.ts'

/** Whose voucher a code is. One that was uploaded and not given out yet is nobody's. */
export async function holderOfCode(
  context: ProgramContext,
  vault: Vault,
  program: string,
  code: string,
): Promise<{ readonly member: string; readonly voucher: string }> {
  const hash = vault.hash(program, code)
  const row = await rowOf(context.database.application, codeByHash(bucketOfCode(hash), program, hash))
  if (row === undefined || row.member === null || row.voucher === null) throw new Problem('unknown-code')
  return await followed(context, program, { member: row.member, voucher: row.voucher })
}

/** Whoever was merged has brought it along (MRG-1), under another name where the other had one of that name. */
async function followed(
  context: ProgramContext,
  program: string,
  { member, voucher }: { readonly member: string; readonly voucher: string },
): Promise<{ readonly member: string; readonly voucher: string }> {
  const { application } = context.database
  const into = (await rowOf(application, goesOnAs(bucketOf(program, member), program, member)))?.goes_on_as
  if (into == null) return { member, voucher }
  const renamed = nameBrought(voucher, member)
  const row = await rowOf(application, voucherOfMember(bucketOf(program, into), program, into, renamed))
  return await followed(context, program, { member: into, voucher: row === undefined ? voucher : renamed })
}

export async function lookUpCode(
  context: ProgramContext,
  vault: Vault,
  program: string,
  code: string,
): Promise<{ member: string; voucher: VoucherAnswer }> {
  const { member, voucher } = await holderOfCode(context, vault, program, code)
  return { member, voucher: await readVoucher(context, program, member, voucher) }
}
