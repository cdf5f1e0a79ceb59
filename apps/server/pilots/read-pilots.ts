import { type PilotAnswer, type PilotMembers, Problem } from '@laurel/contract'
import { isMarked, type PilotArm, pilotArmOf } from '@laurel/engine'
import { rowsOf } from '../db/transaction.ts'
import { memberStateOf } from '../decisions/history.ts'
import { chanceOf } from '../decisions/identity.ts'
import { pageOf, partsOfCursor } from '../http/cursor.ts'
import { type PilotOfProgram, pilotsIn } from '../programs/pilots.ts'
import { versionsOfProgram } from '../programs/queries.ts'
import { type ProgramContext, WHOLE } from '../programs/timeline.ts'
import { membersInOrder } from './queries.ts'

/** Every pilot, latest first. */
export async function listPilots(context: ProgramContext, program: string): Promise<{ pilots: PilotAnswer[] }> {
  return { pilots: (await pilotsOf(context, program)).map((pilot) => pilotAnswerOf(pilot)).reverse() }
}

export async function readPilot(context: ProgramContext, program: string, begun: number): Promise<PilotAnswer> {
  return pilotAnswerOf(await pilotOf(context, program, begun))
}

export interface MembersAsked {
  readonly arm?: PilotArm | undefined
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * Who is in which arm, in order of ids: as it is, or of a pilot that is over, as it was last (PIL-2). Whoever is of the firm, has
 * gone into another or is erased is in none. A page of one arm looks at no more members than one of all, and may be short.
 */
export async function listPilotMembers(
  context: ProgramContext,
  program: string,
  begun: number,
  { arm, limit, cursor }: MembersAsked,
): Promise<PilotMembers> {
  const { share, holdout } = await pilotOf(context, program, begun)
  const drawn = { begun, share: percent(share), holdout: percent(holdout) }
  const [after = null] = (partsOfCursor(cursor, 1) ?? []).map(String)
  const rows = await rowsOf(context.database.application, membersInOrder(program, after, limit + 1))
  const { page, next } = pageOf(rows, limit, ({ id }) => [id])
  const members = page.flatMap(({ id, state }) => {
    const member = memberStateOf({ program, id }, state)
    const isGone = member.left?.into !== undefined || member.left?.erased === true
    return isGone || isMarked(member) ? [] : [{ member: id, arm: pilotArmOf(chanceOf(program, id), drawn) }]
  })
  return { members: members.filter((each) => arm === undefined || each.arm === arm), next }
}

const percent = (numerator: number) => ({ numerator, denominator: WHOLE })

const pilotsOf = async (context: ProgramContext, program: string): Promise<PilotOfProgram[]> =>
  pilotsIn(await rowsOf(context.database.application, versionsOfProgram(program)))

async function pilotOf(context: ProgramContext, program: string, begun: number): Promise<PilotOfProgram> {
  const found = (await pilotsOf(context, program)).find((pilot) => pilot.begun.version === begun)
  if (found === undefined) throw new Problem('unknown-pilot')
  return found
}

const pilotAnswerOf = ({ begun, status, share, holdout, steps }: PilotOfProgram): PilotAnswer => ({
  ...{ pilot: begun.version, status, share, holdout, inForceFrom: begun.in_force_from ?? begun.published_at },
  steps: steps.map((step) => ({
    version: step.version,
    act: step.act,
    share: step.share ?? 0,
    at: step.published_at,
    author: step.author,
    approvedBy: step.approved_by,
    note: step.note,
  })),
})
