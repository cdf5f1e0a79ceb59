import { drawOpenAt, drawsIn } from '../draws/rounds.ts'
import { spanAt } from '../goals/window.ts'
import { isSame } from '../is-same.ts'
import { dayOf, dayText, type LocalTime } from '../time/local.ts'
import { cardsAt, challengesAt, plansHonoured } from '../transitions/honoured.ts'
import { isCardHarder, isChallengeHarder } from './harder.ts'
import type { Draw, Program, Timeline } from './program.ts'
import { givenUp, KEEP, type Stranding, stranding } from './stranding.ts'

/** By the terms that rule until then, also of one that the version before honours only. */
export function strandedCards(
  timeline: Timeline,
  before: Program,
  after: Program,
  start: LocalTime,
  through: string,
): Stranding[] {
  return cardsAt(timeline, before, start).flatMap(({ value: card }) => {
    const { id, asset } = card
    const next = after.cards.get(id)
    if (next === undefined) {
      return givenUp('cards', [id], after, through, 'whoever has filled a part of it', asset)
    }
    if (!isCardHarder(card, next)) return []
    const loss = `whoever has filled a part of \`${id}\` would have to do more for it than they were told`
    return [stranding('cards', id, `cards.${id}`, { loss, asset, answers: [through, KEEP] })]
  })
}

export function strandedChallenges(
  timeline: Timeline,
  before: Program,
  after: Program,
  start: LocalTime,
  through: string,
): Stranding[] {
  // Whoever is on the way goes on by the terms of the window's first moment: to honour those that have begun is enough.
  const running = `{ through: ${dayText(dayOf(start))} }`
  return challengesAt(timeline, before, start).flatMap(({ value: challenge }) => {
    const { id, window } = challenge
    const next = after.challenges.get(id)
    if (next === undefined) return givenUp('challenges', [id], after, through, 'whoever is on the way to it')
    const span = spanAt(window, start)
    if (span === null || span.from === start || !isChallengeHarder(challenge, next)) return []
    const loss = `whoever is on the way to \`${id}\` would have to do more for it than they were told`
    return [stranding('challenges', id, `challenges.${id}`, { loss, asset: null, answers: [running, KEEP] })]
  })
}

/** Of plans that are sold on, by all terms under which somebody may have paid. */
export function strandedBenefits(
  timeline: Timeline,
  before: Program,
  after: Program,
  start: LocalTime,
  through: string,
): Stranding[] {
  const older = plansHonoured(timeline, before, start).map(({ value }) => value)
  const paidFor = [...before.memberships.values(), ...older]
  return [...after.memberships.values()].flatMap(({ id, benefits }) => {
    const had = paidFor.flatMap((plan) => (plan.id === id ? plan.benefits : []))
    const lost = [...new Set(had)].filter((benefit) => !benefits.includes(benefit))
    if (lost.length === 0) return []
    const names = lost.map((benefit) => `\`${benefit}\``).join(' and ')
    const loss = `whoever has paid for \`${id}\` would lose ${names} before what was paid for is over`
    const path = `memberships.${id}.benefits`
    return [stranding('memberships', id, path, { loss, asset: null, answers: [KEEP, through] })]
  })
}

/** Draws with tickets in members' hands, as they are to be held until then. */
export function strandedDraws(timeline: Timeline, after: Program, start: LocalTime): Stranding[] {
  return drawsIn(timeline).flatMap((id) => {
    const draw = drawOpenAt(timeline, id, start)
    if (draw === null) return []
    const next = after.draws.get(id)
    const loss = next === undefined ? 'is given up' : isDrawOther(draw, next) ? 'is another one' : null
    if (loss === null) return []
    const who = 'what becomes of whoever has tickets for it is not said'
    const found = { loss: `\`${id}\` ${loss} before it closes: ${who}`, asset: draw.asset }
    return [stranding('draws', id, `draws.${id}`, { ...found, answers: [KEEP, 'called-off'] })]
  })
}

/** More winners take nothing from anybody's hand. */
const isDrawOther = (was: Draw, is: Draw): boolean =>
  is.closes !== was.closes ||
  is.opens > was.opens ||
  is.asset !== was.asset ||
  is.winners < was.winners ||
  !isSame(is.awards, was.awards)
