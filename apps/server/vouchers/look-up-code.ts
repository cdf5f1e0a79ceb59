import { Problem, type VoucherAnswer } from '@laurel/contract'
import { rowOf } from '../db/transaction.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { readVoucher } from './list-vouchers.ts'
import { codeByHash } from './queries.ts'
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
  return { member: row.member, voucher: row.voucher }
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
