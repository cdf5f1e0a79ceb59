import { type Draft, emit } from '../draft.ts'
import type { AssetState, Member } from '../member.ts'
import type { Program, Timeline } from '../program/program.ts'
import { assetAt } from '../program/timeline.ts'
import { addToDay, dayOf, type LocalDay, type LocalTime, startOf } from '../time/local.ts'
import { honouredLapse } from '../transitions/statements.ts'
import { assetOf } from './asset-state.ts'
import { isForgotten } from './gone.ts'
import { firstDayOf, type IdleEnd, type IdleStretch, type LotEnd } from './parts.ts'

/**
 * Inactivity comes in stretches (LOT-2): one begins with the first declared action, or the first points, after the one before has
 * lapsed, and is over when nothing moved it for so long. Were all points that go by inactivity one lot, a refund or a return of
 * points that had lapsed would meet those earned since.
 */

interface Knowing {
  readonly timeline: Timeline
  readonly member: Member
}

/** First moment at which a stretch is over; null: not by itself. One that is no longer remembered goes by its first day: it is long over. */
export function lapseOfIdle({ timeline, member }: Knowing, asset: string, end: IdleEnd): LocalTime | null {
  const known = named(member, asset, end)
  if (known?.kept) return startOf(known.kept.lastDay + 1)
  return lapseAfter(timeline, asset, known?.activeOn ?? firstDayOf(end))
}

const named = (member: Member, asset: string, end: IdleEnd): IdleStretch | undefined =>
  assetOf(member, asset).stretches.find((stretch) => stretch.end === end)

/** What points of a stretch end by now. */
export const asKept = (member: Member, asset: string, end: IdleEnd): LotEnd =>
  named(member, asset, end)?.kept?.lastDay ?? end

/** Its points keep the day that they have. */
export function keepIdle(draft: Draft, asset: string, end: IdleEnd, lastDay: LocalDay): void {
  const kept = { lastDay, on: dayOf(draft.effective) }
  for (const stretch of assetOf(draft.member, asset).stretches.slice()) {
    if (stretch.end === end) put(draft, asset, { ...stretch, kept })
  }
}

function lapseAfter(timeline: Timeline, asset: string, activeOn: LocalDay): LocalTime | null {
  const { expiry } = assetAt(timeline, startOf(activeOn), asset)
  const own = expiry.type === 'inactive' ? startOf(addToDay(activeOn, expiry.idle) + 1) : null
  return honouredLapse(timeline, asset, own)
}

/** The stretch of points that become active on `day`; one of their own where none runs then. */
export function idleEndOn({ timeline, member }: Knowing, asset: string, day: LocalDay): IdleEnd {
  const own = assetOf(member, asset).stretches.filter(({ of }) => of === undefined)
  const running = own.findLast((stretch) => stretch.since <= day && runsOn(timeline, asset, stretch, day))
  if (running) return running.end
  // What is given as if it had been there all the time would not have lapsed before that one began.
  const next = own.find(({ since }) => since > day && isBefore(startOf(since), lapseAfter(timeline, asset, day)))
  return next?.end ?? `idle-${day}`
}

/**
 * The same of an award, which does not know with whom it came: every stretch of that day, the own one first. It came to one that
 * ran: where none is remembered, what became of it is forgotten, and is not looked for in the stretch that came after.
 */
export function idleEndsOn({ timeline, member }: Knowing, asset: string, day: LocalDay): IdleEnd[] {
  const running = assetOf(member, asset).stretches.filter(
    (stretch) => stretch.since <= day && runsOn(timeline, asset, stretch, day),
  )
  const own = running.filter(({ of }) => of === undefined)
  return [...new Set([...own, ...running].map(({ end }) => end))]
}

const runsOn = (timeline: Timeline, asset: string, { activeOn, kept }: IdleStretch, day: LocalDay): boolean =>
  kept ? day < kept.on : isBefore(startOf(day), lapseAfter(timeline, asset, activeOn))

const isBefore = (local: LocalTime, lapse: LocalTime | null): boolean => lapse === null || local < lapse

/** Points have come to a stretch: it begins with them, unless it is there or was over before. */
export function enterIdle(draft: Draft, asset: string, end: IdleEnd): void {
  if (named(draft.member, asset, end)) return
  const since = firstDayOf(end)
  if (!isBefore(draft.effective, lapseAfter(draft.timeline, asset, since))) return
  const state = assetOf(draft.member, asset)
  for (const old of state.stretches.slice()) {
    if (isOutOfReach(draft, state, old)) emit(draft, { asset, kept: false, stretch: old, type: 'idle-stretch' })
  }
  put(draft, asset, { activeOn: since, end, since })
}

/** Over for so long that no refund asks for it, by dates alone, and nothing that lapsed is named by it. */
function isOutOfReach(draft: Draft, { asset, lapsed }: AssetState, { end }: IdleStretch): boolean {
  const lapse = lapseOfIdle(draft, asset, end)
  if (lapse === null || lapse > draft.effective || lapsed.some(({ lastDay }) => lastDay === end)) return false
  return isForgotten(draft, dayOf(lapse) - 1)
}

const put = (draft: Draft, asset: string, stretch: IdleStretch): void =>
  emit(draft, { asset, kept: true, stretch, type: 'idle-stretch' })

/** Declared actions move inactivity expiry, by each asset's own declaration. */
export function moveActivity(draft: Draft, program: Program, action: string): void {
  for (const { id, expiry } of program.assets) {
    if (expiry.type !== 'inactive' || !expiry.moves.has(action)) continue
    enterIdle(draft, id, idleEndOn(draft, id, dayOf(draft.effective)))
    prolongIdle(draft, id)
  }
}

/** What runs is moved; nothing begins. */
export function prolongIdle(draft: Draft, asset: string): void {
  const running = runningIn(draft, asset, draft.effective)
  if (running) moveTo(draft, asset, running.end, dayOf(draft.effective))
}

/** At most one runs at a time, under as many records as members have brought it along. */
const runningIn = ({ timeline, member }: Knowing, asset: string, now: LocalTime): IdleStretch | undefined =>
  assetOf(member, asset).stretches.find((stretch) => runsOn(timeline, asset, stretch, dayOf(now)))

function moveTo(draft: Draft, asset: string, end: IdleEnd, day: LocalDay): void {
  for (const stretch of assetOf(draft.member, asset).stretches.slice()) {
    if (stretch.end === end && stretch.activeOn < day) put(draft, asset, { ...stretch, activeOn: day })
  }
}

/** What stretches of a brought member are called here, by asset. */
export type IdleRenamed = (asset: string) => (end: IdleEnd) => IdleEnd

/** What both members run in is one stretch from the merge on, for they are one person; all others stay what they were (MRG-1). */
export function bringIdle(draft: Draft, brought: Member, from: string): IdleRenamed {
  const { timeline, effective } = draft
  const joined = new Map<string, { readonly theirs: IdleEnd; readonly ours: IdleEnd }>()
  const renamed: IdleRenamed = (asset) => (end) => {
    const known = joined.get(asset)
    return known?.theirs === end ? known.ours : `${end}@${from}`
  }
  for (const { asset, stretches } of brought.assets) {
    const ours = runningIn(draft, asset, effective)
    const theirs = runningIn({ timeline, member: brought }, asset, effective)
    if (ours && theirs) joined.set(asset, { theirs: theirs.end, ours: ours.end })
    for (const stretch of stretches) {
      put(draft, asset, { ...stretch, end: renamed(asset)(stretch.end), of: stretch.of ?? from })
    }
    if (!theirs) continue
    const end = renamed(asset)(theirs.end)
    if (!ours) put(draft, asset, { end, since: dayOf(effective), activeOn: theirs.activeOn })
    moveTo(draft, asset, end, Math.max(theirs.activeOn, ours?.activeOn ?? theirs.activeOn))
  }
  return renamed
}

/** What is addressed to a merged member names stretches as that one did. */
export function idleEndVia(member: Member, asset: string, end: IdleEnd, via: string): IdleEnd {
  const since = firstDayOf(end)
  const brought = assetOf(member, asset).stretches.find((stretch) => stretch.of === via && stretch.since === since)
  return brought?.end ?? `idle-${since}@${via}`
}
