import {
  type checkpointOf,
  compileAccepted,
  type LocalTime,
  linesOf,
  type Program,
  pathOfAnswer,
  positionIn,
  remedyFor,
  reviewTransitions,
  type Stranding,
  type Timeline,
  type TransitionReview,
} from '@laurel/engine'
import { rowOf, type Transaction } from '../db/transaction.ts'
import type { VersionRow } from '../programs/queries.ts'
import { timelineOf } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'
import type { NextVersion, VersionFinding } from './compare-versions.ts'
import { amountHeld, HOLDERS_LOOKED_AT_MAX, membersWith, seatsBooked, vouchersOpen } from './queries.ts'

/** A finding about what members hold, and what it is about where somebody may hold it. */
export interface Stranded {
  readonly finding: VersionFinding
  readonly stranding: Stranding | null
}

/** The ways in which versions rule somebody, of whom the next version takes its place. */
export type LinesConcerned = (timeline: Timeline) => readonly Timeline[]

/** What any of them has to be answered for, and what none of them asks for. */
function reviewed(lines: readonly Timeline[], program: Program, start: LocalTime): TransitionReview {
  const reviews = lines.map((line) => reviewTransitions(line, program, start))
  const [first, ...others] = reviews
  const isUnasked = (answer: Pick<Stranding, 'section' | 'id'>) => (review: TransitionReview) =>
    review.unasked.some(({ section, id }) => section === answer.section && id === answer.id)
  const missing = new Map(reviews.flatMap((review) => review.missing.map((each) => [each.path, each])))
  return {
    missing: [...missing.values()],
    unasked: (first?.unasked ?? []).filter((answer) => others.every(isUnasked(answer))),
    takenAgain: [...new Set(reviews.flatMap((review) => review.takenAgain))],
  }
}

/** What the next version would strand without saying what becomes of it (TRN-1), and what it says that nothing asks for. */
export function strandedIn(
  earlier: readonly VersionRow[],
  { document, program, fromAt, publishedAt }: Omit<NextVersion, 'hash'>,
  lines: LinesConcerned = linesOf,
): Stranded[] {
  const timeline = timelineOf(earlier, compileAccepted)?.timeline ?? []
  const start = localOf(program.zone, Math.max(fromAt, publishedAt))
  const { missing, unasked, takenAgain } = reviewed(lines(timeline), program, start)
  const found = (code: VersionFinding['code'], path: string, message: string, instead: string): VersionFinding => ({
    ...{ code, severity: 'error', path, ...positionIn(document, path), message, instead },
  })
  return [
    ...missing.map((stranding) => ({
      finding: found('transition-missing', stranding.path, stranding.loss, remedyFor(stranding, program)),
      stranding,
    })),
    ...unasked.map((answer) => {
      const message = `nothing becomes of \`${answer.id}\`: by the version before nobody holds it, or it stays what it was`
      return { finding: found('transition-unneeded', pathOfAnswer(answer), message, 'Leave it out'), stranding: null }
    }),
    ...takenAgain.map((id) => {
      const message = `\`${id}\` was given up, and what members held of it may be something else by now`
      return { finding: found('version-rewrites', `assets.${id}`, message, 'Give it another id'), stranding: null }
    }),
  ]
}

/** Nobody reads more of them, and each is a look at the members. */
const COUNTED_MAX = 20

/** The findings, with how many members each concerns and with how much. */
export async function withConcerns(
  tx: Transaction,
  program: string,
  stranded: readonly Stranded[],
): Promise<VersionFinding[]> {
  const told: VersionFinding[] = []
  for (const { finding, stranding } of stranded) {
    const isCounted = stranding !== null && told.length < COUNTED_MAX
    told.push(isCounted ? { ...finding, concerns: await concernedBy(tx, program, stranding) } : finding)
  }
  return told
}

async function concernedBy(
  tx: Transaction,
  program: string,
  stranding: Stranding,
): Promise<NonNullable<VersionFinding['concerns']>> {
  const counted = await rowOf(tx, queryFor(program, stranding))
  const { members, looked, amount } = counted ?? { members: 0, looked: 0, amount: null }
  return { members, amount: amount === null ? null : Number(amount), isAtLeast: looked >= HOLDERS_LOOKED_AT_MAX }
}

/** What a member has to have, in the words of what is stored of members: one that is renamed does not compile here. */
type PartOf<Stored> = Stored extends readonly (infer Item)[]
  ? readonly PartOf<Item>[]
  : Stored extends object
    ? { readonly [Key in keyof Stored]?: PartOf<Stored[Key]> }
    : Stored

function queryFor(program: string, { section, id, asset }: Stranding) {
  const [ladder = '', level = ''] = id.split('/')
  const having = (part: PartOf<ReturnType<typeof checkpointOf>>) => membersWith(program, JSON.stringify(part))
  switch (section) {
    case 'assets':
    case 'cards':
    case 'draws':
      return amountHeld(program, asset)
    case 'rewards':
      return vouchersOpen(program, id)
    case 'sessions':
      return seatsBooked(program, ladder, level)
    case 'levels':
      return having({ ladders: [{ ladder, level }] })
    case 'challenges':
      return having({ challenges: [{ challenge: id }] })
    case 'memberships':
      return having({ plans: [{ plan: id, ended: null }] })
    case 'pools':
      return having({ wallet: { plan: id, closed: null } })
  }
}
