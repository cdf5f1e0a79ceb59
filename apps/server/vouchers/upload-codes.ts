import { Problem } from '@laurel/contract'
import { codesOf } from '@laurel/engine'
import { bucketOf } from '@laurel/ledger'
import { writeAudit } from '../access/write-audit.ts'
import { countOf, rowOf, rowsOf, transaction } from '../db/transaction.ts'
import type { Actor } from '../http/bind.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { countOfCodes, uploadCodes as insertCodes, widenCodes } from './queries.ts'
import { bucketOfCode } from './reveal-code.ts'
import type { Vault } from './vault.ts'

/** Adds codes from outside for a reward. Sent twice they are added once; one of another reward refuses the list. */
export async function uploadCodes(
  context: ProgramContext,
  vault: Vault,
  actor: Actor,
  reward: string,
  codes: readonly string[],
) {
  const { program } = actor
  await requireUploaded(context, program, reward)
  const at = new Date(context.now(program)).toISOString()
  // A code that the list names twice is one code, as it was written first.
  const byHash = new Map(codes.toReversed().map((code) => [vault.hash(program, code).toString('hex'), code.trim()]))
  const sent = [...byHash].map(([hash, code]) => ({
    hash: Buffer.from(hash, 'hex'),
    sealed: vault.seal(program, code),
  }))
  return await transaction(context.database.application, async (tx) => {
    const hashes = sent.map(({ hash }) => hash)
    const sealed = sent.map((each) => each.sealed)
    const rows = await rowsOf(tx, insertCodes(program, reward, hashes.map(bucketOfCode), hashes, sealed, at))
    const strange = rows.filter((row) => row.reward !== reward).map(({ place }) => place - 1)
    if (strange.length > 0) throw new Problem('code-of-another-reward', { extensions: { indexes: strange } })
    const added = rows.filter((row) => row.added).length
    const room = codesOf(reward)
    if (added > 0) await countOf(tx, widenCodes(bucketOf(program, room), program, room, added))
    const detail = { added }
    await writeAudit(tx, context, {
      program,
      actor: actor.name,
      act: 'codes.uploaded',
      subject: reward,
      detail,
    })
    return { reward, added, known: codes.length - added }
  })
}

export async function countCodes(context: ProgramContext, program: string, reward: string) {
  await requireUploaded(context, program, reward)
  const room = codesOf(reward)
  const row = await rowOf(context.database.application, countOfCodes(program, reward, bucketOf(program, room), room))
  return { reward, free: row?.free ?? 0, revealed: row?.revealed ?? 0, left: Number(row?.left ?? 0) }
}

async function requireUploaded(context: ProgramContext, program: string, reward: string): Promise<void> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  // Of any version: codes are brought before the version that gives them out begins, and counted after it has ended.
  if (!found.timeline.some((entry) => entry.program.rewards.get(reward)?.codes === 'uploaded')) {
    throw new Problem('unknown-reward')
  }
}
