import type { Effect } from '../effect.ts'
import type { Budget, Program, Timeline } from '../program/program.ts'
import { roomOfBudget, wholeOfBudget } from './budget.ts'
import { type Grant, grantsIn } from './grant.ts'

const sharing = new WeakMap<Program, boolean>()

/** Whether anything of the program is shared between members: then every event of it is granted something, if only nothing. */
export function sharesRoom(program: Program): boolean {
  const known = sharing.get(program)
  if (known !== undefined) return known
  const shares =
    program.caps.some((cap) => cap.of !== 'member') ||
    budgetsOf(program).length > 0 ||
    [...program.rewards.values()].some(
      ({ stock, kind, codes }) => stock !== null || kind.type === 'experience' || codes === 'uploaded',
    )
  sharing.set(program, shares)
  return shares
}

/** Of offers and challenges; those of rules are caps. */
const budgetsOf = ({ offers, challenges }: Program): readonly Budget[] => [
  ...[...offers.values()].flatMap(({ type }) => (type.type === 'goal' && type.budget ? [type.budget] : [])),
  ...[...challenges.values()].flatMap(({ budget }) => budget ?? []),
]

/** How much there is of a room in all by what the program says; null: it knows no such room, or others fill it. */
export function wholeOf(program: Program, room: string): number | null {
  const { caps, rewards } = program
  if (room.startsWith(SEATS)) {
    const [, id = '', session] = room.split('/')
    const kind = rewards.get(id)?.kind
    return kind?.type === 'experience' ? (kind.sessions.find((each) => each.id === session)?.seats ?? null) : null
  }
  if (room.startsWith(STOCK)) return rewards.get(room.slice(STOCK.length))?.stock ?? null
  const cap = caps.find(({ id, of }) => of !== 'member' && room.startsWith(`${id}/`))
  const budget = budgetsOf(program).find((each) => roomOfBudget(each) === room)
  return cap?.most ?? (budget ? wholeOfBudget(budget) : null)
}

/**
 * The same where no version knows it any more that came after: what was promised under an earlier one has its room. What all
 * members share is not for a version on trial to say, where one for all knows it (PIL-4).
 */
export function wholeEver(timeline: Timeline, room: string): number | null {
  const forAll = timeline.filter(({ pilot }) => pilot === undefined)
  const wholes = (entries: Timeline) => entries.map(({ program }) => wholeOf(program, room))
  const known = (whole: number | null) => whole !== null
  return wholes(forAll).findLast(known) ?? wholes(timeline).findLast(known) ?? null
}

export const everShares = (timeline: Timeline): boolean => timeline.some(({ program }) => sharesRoom(program))

/** Pieces of a reward, which awards take as well: what they came to is answered one by one (EVT-2). */
export const isOfPieces = (room: string): boolean => room.startsWith(STOCK) || isOfCodes(room)

/** Whether any version has a reward of which there are only so many. */
export const everCountsPieces = (timeline: Timeline): boolean =>
  timeline.some(({ program }) =>
    [...program.rewards.values()].some(({ stock, codes }) => stock !== null || codes === 'uploaded'),
  )

/** Codes that staff uploads: how many there are is known where they are kept. */
export const isOfCodes = (room: string): boolean => room.startsWith(CODES)

const STOCK = 'stock/'
const SEATS = 'seats/'
const CODES = 'codes/'

/** What a decision asks for, or took where it was granted. */
export function takenBy(effects: readonly Effect[]): Grant[] {
  const taken = new Map<string, number>()
  for (const effect of effects) {
    if (effect.type === 'room' && effect.change > 0)
      taken.set(effect.room, (taken.get(effect.room) ?? 0) + effect.change)
  }
  return grantsIn(taken)
}

/**
 * What an event gets of the rooms that it takes of, where so much is left of each: all that it asks for, or what its own edges
 * make of less, which `tryWith` says. That there is none is an answer, too; a room that has enough and of which it then takes nothing,
 * since something else is missing, is not named.
 */
export function grantsFor(
  wanted: readonly Grant[],
  leftOf: (room: string) => number,
  tryWith: (offered: readonly Grant[]) => readonly Grant[],
): readonly Grant[] {
  if (wanted.every(({ room, amount }) => amount <= leftOf(room))) return wanted
  // A history that is told again takes of an empty room only what it has had of it.
  const offered = wanted.map(({ room }) => ({ room, amount: leftOf(room) })).filter(({ amount }) => amount > 0)
  const taken = tryWith(offered)
  return wanted.flatMap(({ room, amount }): Grant[] => {
    const own = taken.find((each) => each.room === room)
    return own !== undefined ? [own] : amount > leftOf(room) ? [{ room, amount: 0 }] : []
  })
}

/** What the same past takes of rooms when it is judged anew, less what it took. */
export function roomsBetween(before: readonly Effect[], after: readonly Effect[]): Effect[] {
  const changes = new Map<string, number>()
  const add = (effects: readonly Effect[], sign: 1 | -1) => {
    for (const effect of effects) {
      if (effect.type === 'room') changes.set(effect.room, (changes.get(effect.room) ?? 0) + sign * effect.change)
    }
  }
  add(after, 1)
  add(before, -1)
  return [...changes].flatMap(([room, change]): Effect[] => (change === 0 ? [] : [{ type: 'room', room, change }]))
}

/** The room of a reward's pieces. */
export const stockOf = (reward: string): string => `${STOCK}${reward}`

/** The room of the codes that were uploaded for a reward. */
export const codesOf = (reward: string): string => `${CODES}${reward}`

/** The room of the seats of a session. */
export const seatsOf = (reward: string, session: string): string => `${SEATS}${reward}/${session}`
