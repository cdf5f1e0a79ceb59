import { type PoolDescription, Problem } from '@laurel/contract'
import { evened, founderOf, type LocalTime, localText, type Wallet, walletOf } from '@laurel/engine'
import { lotsOf } from '../members/describe-member.ts'
import { type GatheredMember, gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'

/** A pool as of now: what is in it, and who put in and took what. */
export async function readPool(context: ProgramContext, program: string, id: string): Promise<PoolDescription> {
  const { wallet: stored, gathered } = await requireWallet(context, program, id)
  const active = gathered.member.assets.find(({ asset }) => asset === stored.asset)?.active ?? 0
  // What has lapsed since anybody wrote it down was part of everybody's.
  const wallet = evened(stored, active)
  const { plan, asset, closed, people } = wallet
  return {
    ...{ id, plan, asset, zone: gathered.zone, active, founder: founderOf(wallet), closed: textOf(closed) },
    lots: lotsOf(gathered).lots.map(({ amount, lapsesAfter }) => ({ amount, lapsesAfter })),
    people: people.map(({ member, since, until, put, claimed, short, took, stake }) => ({
      ...{ member, since: localText(since), until: textOf(until), put, claimed, short, took, along: stake },
    })),
  }
}

const textOf = (local: LocalTime | null): string | null => (local === null ? null : localText(local))

/** Throws a Problem where nobody has founded such a pool. */
export async function requireWallet(
  context: ProgramContext,
  program: string,
  pool: string,
): Promise<{ readonly wallet: Wallet; readonly gathered: GatheredMember }> {
  const gathered = await gatherMember(context, program, walletOf(pool)).catch((error: unknown) => {
    throw error instanceof Problem && error.code === 'unknown-member' ? new Problem('unknown-pool') : error
  })
  const { wallet } = gathered.member
  if (wallet === undefined) throw new Problem('unknown-pool')
  return { wallet, gathered }
}
