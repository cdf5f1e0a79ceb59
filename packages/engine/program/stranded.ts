import { spanAt } from '../goals/window.ts'
import { addToDay, dayOf, dayText, type LocalTime } from '../time/local.ts'
import { cardsAt, challengesAt, plansHonoured } from '../transitions/honoured.ts'
import { isCardHarder, isChallengeHarder } from './harder.ts'
import type { Asset, Honoured, Ladder, Level, Program, RewardKind, Session, Timeline, Transitions } from './program.ts'
import { sessionNamed, sessionsOf } from './session.ts'
import { reignsOf } from './timeline.ts'

/** What a version would strand of what members hold, and how its document has to answer. */
export interface Stranding {
  /** Of `transitions`: where the answer belongs. */
  readonly section: keyof typeof ANSWERED_IN
  /** Under which it is answered: an id, of a level with its ladder. */
  readonly id: string
  /** What is given up or made harder to keep, as a path of the document. */
  readonly path: string
  readonly loss: string
  /** What of members says how much it is about; null: it is no amount. */
  readonly asset: string | null
  /** Every answer there is, as it is written after the id. */
  readonly answers: readonly string[]
}

/** Where the language has each of the engine's transitions. */
const ANSWERED_IN = {
  assets: 'assets',
  levels: 'tiers',
  rewards: 'rewards',
  cards: 'cards',
  challenges: 'challenges',
  memberships: 'memberships',
  pools: 'pools',
  sessions: 'sessions',
} as const satisfies Record<keyof Transitions, string>

const KEEP = 'keep'

/** Everything that members hold under `before` and would lose, or lose sooner, when `after` begins at `start`, answered or not. */
function strandedBy(timeline: Timeline, before: Program, after: Program, start: LocalTime): Stranding[] {
  // Half a year is time enough to be told and to act.
  const through = `{ through: ${dayText(addToDay(dayOf(start), { months: 6, days: 0, ms: 0 }))} }`
  return [
    ...before.assets.flatMap((asset) => strandedAsset(asset, after, through)),
    ...before.ladders.flatMap((ladder) => strandedLevels(ladder, after, through)),
    ...givenUp('rewards', vouchersOf(before), after, through, 'whoever has an open voucher of it, or a reservation'),
    ...strandedCards(timeline, before, after, start, through),
    ...strandedChallenges(timeline, before, after, start, through),
    ...givenUp('memberships', plansGoingOn(before, start), after, through, 'whoever has paid for it'),
    ...strandedBenefits(timeline, before, after, start, through),
    ...givenUp('pools', before.pools.keys(), after, null, 'whoever has put something into one'),
    ...strandedSessions(before, after, start),
  ]
}

export interface TransitionReview {
  /** What members hold that the version says nothing of. */
  readonly missing: readonly Stranding[]
  /** Answers that nothing asks for: what they are about is not there, or stays what it was. */
  readonly unasked: readonly Pick<Stranding, 'section' | 'id'>[]
  /** Assets that were given up once: what members held of them has become something else. */
  readonly takenAgain: readonly string[]
}

/** What a version would do to what members hold when it begins at `start`, after those that have ruled by then (TRN-1). */
export function reviewTransitions(timeline: Timeline, after: Program, start: LocalTime): TransitionReview {
  const ruled =
    timeline.length === 0 ? [] : reignsOf(timeline).flatMap(({ program, from }) => (from <= start ? program : []))
  const before = ruled.at(-1)
  const asked = before === undefined ? [] : strandedBy(timeline, before, after, start)
  const wasDeclared = (id: string) => ruled.some((program) => declares(program, id))
  const isAsked = (section: Stranding['section'], id: string): boolean =>
    asked.some((each) => each.section === section && each.id === id) ||
    // What stood there before may stand there on, and a version may think better of what became of an asset.
    before?.transitions[section].has(id) === true ||
    (section === 'assets' && !declares(after, id) && wasDeclared(id)) ||
    // One that was kept when it was given up may be called off after all.
    (section === 'sessions' &&
      ruled.some((program) => isAhead(sessionNamed(program, id), start)) &&
      !sessionNamed(after, id))
  return {
    missing: asked.filter(({ section, id }) => !after.transitions[section].has(id)),
    unasked: (Object.keys(ANSWERED_IN) as Stranding['section'][]).flatMap((section) =>
      [...after.transitions[section].keys()].flatMap((id) => (isAsked(section, id) ? [] : [{ section, id }])),
    ),
    takenAgain: after.assets.flatMap(({ id }) =>
      before !== undefined && !declares(before, id) && wasDeclared(id) ? [id] : [],
    ),
  }
}

export const pathOfAnswer = ({ section, id }: Pick<Stranding, 'section' | 'id'>): string =>
  `transitions.${ANSWERED_IN[section]}${id.includes('/') ? `["${id}"]` : `.${id}`}`

/** What to write, and where. */
export function remedyFor({ section, id, answers }: Stranding, { transitions }: Program): string {
  const [first = KEEP, ...others] = answers
  const key = ANSWERED_IN[section]
  const hasSome = Object.values(transitions).some((each: ReadonlyMap<string, unknown>) => each.size > 0)
  const line =
    transitions[section].size > 0
      ? `Add \`${id}: ${first}\` to \`transitions.${key}\``
      : hasSome
        ? `Add \`${key}: { ${id}: ${first} }\` to \`transitions\``
        : `Add \`transitions: { ${key}: { ${id}: ${first} } }\``
  return others.length === 0
    ? line
    : `${line}, or ${others.map((each) => `\`${each}\``).join(' or ')} in place of \`${first}\``
}

const declares = ({ assets }: Program, id: string): boolean => assets.some((asset) => asset.id === id)

type Found = Omit<Stranding, 'section' | 'id' | 'path'>

const stranding = (section: Stranding['section'], id: string, path: string, found: Found): Stranding => ({
  section,
  id,
  path,
  ...found,
})

/** Fixed ends stay with their lots (LOT-2): only what goes by inactivity could lapse sooner than it was told. */
function strandedAsset(asset: Asset, { assets }: Program, through: string): Stranding[] {
  const { id } = asset
  const next = assets.find((each) => each.id === id)
  if (next === undefined) {
    const loss = `what members hold of \`${id}\` would be nothing any more`
    const into = assets.find(({ kind }) => kind === asset.kind) ?? assets.find(({ kind }) => kind !== 'qualifying')
    const converted = into === undefined ? [] : [`{ give: 1 ${into.id}, per: 1 ${id} }`]
    return [stranding('assets', id, `assets.${id}`, { loss, asset: id, answers: [KEEP, through, ...converted] })]
  }
  if (!isLostSooner(asset, next)) return []
  const loss = `what members hold of \`${id}\` would be lost sooner than they were told`
  return [stranding('assets', id, `assets.${id}.expires`, { loss, asset: id, answers: [KEEP, through] })]
}

function isLostSooner({ expiry: was }: Asset, { expiry: is }: Asset): boolean {
  if (was.type !== 'inactive') return false
  // What is held would go on by its last sign of life, and no other could save it.
  if (is.type !== 'inactive') return true
  const from = dayOf(0)
  return addToDay(from, is.idle) < addToDay(from, was.idle) || [...was.moves].some((action) => !is.moves.has(action))
}

function strandedLevels(ladder: Ladder, after: Program, through: string): Stranding[] {
  const next = after.ladders.find(({ id }) => id === ladder.id)
  const higher = ladder.levels.slice(1)
  return higher.flatMap((level) => {
    const id = `${ladder.id}/${level.id}`
    const path = `tiers.${ladder.id}.${level.id}`
    const kept = next?.levels.find((each) => each.id === level.id)
    if (kept === undefined || next === undefined) {
      const loss = `whoever is on \`${level.id}\` would be on it no longer`
      const to = next?.levels.at(-1)?.id ?? after.ladders[0]?.levels.at(-1)?.id ?? 'gold'
      return [stranding('levels', id, path, { loss, asset: null, answers: [`{ to: ${to}, ${through.slice(2)}`] })]
    }
    if (!isHarder(ladder, level, next, kept)) return []
    const loss = `whoever is on \`${level.id}\` would have to do more for it than they were told`
    return [stranding('levels', id, path, { loss, asset: null, answers: [KEEP, through] })]
  })
}

function isHarder(was: Ladder, level: Level, is: Ladder, kept: Level): boolean {
  if (JSON.stringify(was.measure) !== JSON.stringify(is.measure) || kept.reach > level.reach) return true
  if (was.fall.to === 'never' && is.fall.to !== 'never') return true
  if (is.window.type === 'lifetime') return false
  if (was.window.type === 'rolling' && is.window.type === 'rolling') {
    return addToDay(0, is.window.length) < addToDay(0, was.window.length)
  }
  return was.window.type !== is.window.type
}

/** By the terms that rule until then, also of one that the version before honours only. */
function strandedCards(
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

function strandedChallenges(
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
function strandedBenefits(
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

type Named = 'rewards' | 'cards' | 'challenges' | 'memberships' | 'pools'

/** Of what stands under an id. `through` is null where a day is no answer. */
function givenUp(
  section: Named,
  ids: Iterable<string>,
  after: Program,
  through: string | null,
  who: string,
  asset: string | null = null,
): Stranding[] {
  const kept: ReadonlyMap<string, unknown> = after[section]
  return [...ids].flatMap((id) => {
    if (kept.has(id)) return []
    const loss = `\`${id}\` is given up: what becomes of ${who} is not said`
    const answers = through === null ? [KEEP] : [KEEP, through]
    return [stranding(section, id, `${section}.${id}`, { loss, asset, answers })]
  })
}

/** Paid memberships that a version declares, and that it honours still of one before. */
function plansGoingOn({ transitions, memberships }: Program, start: LocalTime): readonly string[] {
  const isOn = ([, { until }]: readonly [string, Honoured]) => until === null || until > start
  return [...memberships.keys(), ...[...transitions.memberships].filter(isOn).map(([id]) => id)]
}

/** Sessions still to come that are booked perhaps, and stand otherwise or no longer. Those of a reward that is given up go with it. */
export function strandedSessions(before: Program, after: Program, start: LocalTime): Stranding[] {
  return sessionsOf(before).flatMap(({ id, reward, session }) => {
    if (!after.rewards.has(reward) || !isAhead(session, start)) return []
    const loss = lossOf(id, session, sessionNamed(after, id))
    const path = `rewards.${reward}.sessions.${session.id}`
    return loss === null ? [] : [stranding('sessions', id, path, { loss, asset: null, answers: [KEEP, 'called-off'] })]
  })
}

function lossOf(id: string, was: Session, is: Session | undefined): string | null {
  const who = 'what becomes of whoever has a seat or waits for one is not said'
  if (is === undefined) return `\`${id}\` is given up: ${who}`
  const isMoved = is.starts !== was.starts || is.place !== was.place
  const changes = [
    ...(isMoved ? ['is moved'] : []),
    ...(is.seats < was.seats ? ['has fewer seats than could be booked'] : []),
  ]
  return changes.length === 0 ? null : `\`${id}\` ${changes.join(' and ')}: ${who}`
}

/** As far as the clocks of two places can be apart. */
const CLOCKS_APART_MS = 26 * 3_600_000

/** A session begins by the clock of its place, which need not be the program's. */
const isAhead = (session: Session | undefined, start: LocalTime): boolean =>
  session !== undefined && session.starts + (session.place === null ? 0 : CLOCKS_APART_MS) > start

const vouchersOf = ({ rewards }: Program): readonly string[] =>
  [...rewards.values()].flatMap(({ id, kind }) => (isVoucher(kind) ? [id] : []))

/** The others are had at once and leave nothing in the member's hand. */
function isVoucher({ type }: RewardKind): boolean {
  switch (type) {
    case 'money-off':
    case 'percent-off':
    case 'free-shipping':
    case 'product':
    case 'custom':
    case 'gift-card':
    case 'experience':
    case 'access':
      return true
    case 'pay-with-points':
    case 'donation':
    case 'exchange':
    case 'partner-exchange':
      return false
  }
}
