import { addToDay, dayOf, dayText, type LocalTime } from '../time/local.ts'
import type {
  Asset,
  AssetTransition,
  Honoured,
  KeptOrNot,
  Ladder,
  Level,
  Program,
  RewardKind,
  Session,
  Timeline,
} from './program.ts'
import { sessionNamed, sessionsOf } from './session.ts'
import { strandedBenefits, strandedCards, strandedChallenges, strandedDraws } from './stranded-promises.ts'
import { ANSWERED_IN, givenUp, KEEP, type Stranding, stranding } from './stranding.ts'
import { reignsOf } from './timeline.ts'

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
    ...strandedDraws(timeline, after, start),
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
    missing: asked.filter(({ section, id }) => !isAnswer(after.transitions[section].get(id), start)),
    unasked: (Object.keys(ANSWERED_IN) as Stranding['section'][]).flatMap((section) =>
      [...after.transitions[section].keys()].flatMap((id) => (isAsked(section, id) ? [] : [{ section, id }])),
    ),
    takenAgain: after.assets.flatMap(({ id }) =>
      before !== undefined && !declares(before, id) && wasDeclared(id) ? [id] : [],
    ),
  }
}

/** One whose day is over, as it may stand there from an earlier version, promises nothing. */
function isAnswer(answer: AssetTransition | Honoured | KeptOrNot | undefined, start: LocalTime): boolean {
  if (answer === undefined || typeof answer === 'string' || !('until' in answer)) return answer !== undefined
  return answer.until === null || answer.until > start
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
