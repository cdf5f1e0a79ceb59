import { type CharityAnswer, type ImpactAnswer, Problem } from '@laurel/contract'
import { type Charity, mulDivOfSum, type Program } from '@laurel/engine'
import { sumOf } from '@laurel/ledger'
import { rowsOf } from '../db/transaction.ts'
import { gatherMember } from '../members/gather-member.ts'
import { type ProgramContext, rulingAt } from '../programs/timeline.ts'
import { type PartySum, partySums } from './party-sums.ts'
import { movedByMember, movedWithCharity } from './queries.ts'

/** What a charity has got of everybody, net of what was taken back. */
export async function readCharity(context: ProgramContext, program: string, id: string): Promise<CharityAnswer> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const charity = rulingAt(found, context.now(program)).charities.get(id)
  if (charity === undefined) throw new Problem('unknown-charity')
  const rows = await rowsOf(context.database.application, movedWithCharity(program, `charity:${id}`))
  const programs = found.timeline.map((entry) => entry.program)
  return standingOf(charity, partySums(rows, versionIn(programs, found.latest))[0])
}

/** The same of one member. */
export async function readImpact(context: ProgramContext, program: string, member: string): Promise<ImpactAnswer> {
  const { bucket, timeline, latest, stamp } = await gatherMember(context, program, member)
  const rows = await rowsOf(context.database.application, movedByMember(bucket, program, member))
  const programs = timeline.map((entry) => entry.program)
  const sums = partySums(rows, versionIn(programs, latest))
  const charities = [...rulingAt({ timeline, latest }, stamp.at).charities.values()].flatMap((charity) => {
    const sum = sums.find(({ kind, id }) => kind === 'charity' && id === charity.id)
    return sum === undefined ? [] : [standingOf(charity, sum)]
  })
  return { member, charities }
}

const versionIn = (programs: readonly Program[], latest: Program) => (version: number) =>
  programs.find((program) => program.version === version) ?? latest

function standingOf({ id, impact }: Charity, sum: PartySum | undefined): CharityAnswer {
  const got = sum?.amounts ?? []
  const worth = -(sum?.owes ?? 0n)
  return {
    charity: id,
    amounts: got.map(({ asset, received }) => ({ asset, amount: sumOf(received) })),
    worth: sumOf(worth),
    impact: impact === null ? null : { times: sumOf(timesOf(impact.per, got, worth)), of: { ...impact.of } },
  }
}

function timesOf(per: NonNullable<Charity['impact']>['per'], got: PartySum['amounts'], worth: bigint): bigint {
  switch (per.type) {
    case 'amount': {
      const received = got.find(({ asset }) => asset === per.asset)?.received ?? 0n
      return mulDivOfSum(received, 1, per.amount, 'floor')
    }
    case 'worth':
      return mulDivOfSum(worth, 1, per.minor, 'floor')
  }
}
