import { Problem } from '@laurel/contract'
import { voucherOf } from '@laurel/engine'
import { BUCKETS } from '@laurel/ledger'
import { countOf, rowOf, type Transaction, transaction } from '../db/transaction.ts'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { rewardOf } from './describe-voucher.ts'
import { codeByHash, insertCode, lockVoucher, nameCode, takeUploadedCode } from './queries.ts'
import { lastFourOf, newCode, type Vault } from './vault.ts'

/** The bucket of the code itself, so that it is found without knowing whose it is. */
export const bucketOfCode = (hash: Buffer): number => hash.readUInt16BE(0) & (BUCKETS - 1)

interface Holder {
  readonly bucket: number
  readonly program: string
  readonly member: string
  readonly voucher: string
  readonly reward: string
  readonly at: string
}

/**
 * The code of an open voucher (RED-5). It comes into being when it is asked for first: until then there is nothing that could
 * leak, and the decision that issued the voucher waits for no chance. Asked again it is the same one.
 */
export async function revealCode(
  context: ProgramContext,
  vault: Vault,
  program: string,
  member: string,
  id: string,
): Promise<string> {
  const { bucket, member: state, timeline } = await gatherMember(context, program, member)
  const voucher = voucherOf(state, id)
  const at = new Date(context.now(program)).toISOString()
  return await transaction(context.database.application, async (tx) => {
    const row = await rowOf(tx, lockVoucher(bucket, program, member, id))
    if (row === undefined) throw new Problem('unknown-voucher')
    // Returned meanwhile, it has given its code up.
    if (voucher?.status !== 'open' || row.status !== 'open') throw new Problem('voucher-ended')
    if (row.code !== null) return await codeOf(tx, vault, program, row.code)
    const holder = { bucket, program, member, voucher: id, reward: voucher.reward, at }
    const { codes } = rewardOf(timeline, voucher)
    const { hash, code } = codes === 'made' ? await make(tx, vault, holder) : await takeUploaded(tx, vault, holder)
    await countOf(tx, nameCode(bucket, program, member, id, hash, lastFourOf(code)))
    return code
  })
}

async function codeOf(tx: Transaction, vault: Vault, program: string, hash: Buffer): Promise<string> {
  const row = await rowOf(tx, codeByHash(bucketOfCode(hash), program, hash))
  if (row === undefined) throw new Error('a voucher names a code that is not there')
  return vault.unseal(program, row.sealed)
}

/** Two codes meet once in 2^27 makings among 2^27 others; then the next one is taken. */
const ATTEMPTS_MAX = 5

async function make(tx: Transaction, vault: Vault, { program, reward, member, voucher, at }: Holder) {
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
    const code = newCode()
    const hash = vault.hash(program, code)
    const sealed = vault.seal(program, code)
    const made = await rowOf(tx, insertCode(bucketOfCode(hash), program, hash, reward, sealed, member, voucher, at))
    if (made !== undefined) return { hash, code }
  }
  throw new Error('no code could be made that is not there already')
}

async function takeUploaded(tx: Transaction, vault: Vault, { program, reward, member, voucher, at }: Holder) {
  const taken = await rowOf(tx, takeUploadedCode(program, reward, member, voucher, at))
  if (taken === undefined) throw new Problem('no-code-left')
  return { hash: taken.hash, code: vault.unseal(program, taken.sealed) }
}
