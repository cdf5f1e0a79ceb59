import { isClosed } from '../closing/closing.ts'
import { type Draft, emit, type LevelChange } from '../draft.ts'
import type { Ladder } from '../program/program.ts'
import { programOf } from '../program/timeline.ts'
import { indexOf, ladderStateOf } from '../tiers/judge.ts'
import { award, takeBack } from './award.ts'

/**
 * Entry awards of the levels that were risen to since the last call, once for each level, ever (TIER-7). A level that was
 * jumped over was not entered. Where a refund takes the level, its awards go with it unless they were enjoyed, and come again
 * with the level. A level that the same event took again, or gave again, has changed nothing: what is held now counts. Else
 * awards that count on their own ladder would lift it and be taken back without end.
 */
export function settleEntries(draft: Draft): void {
  for (let change = draft.levelChanges.shift(); change; change = draft.levelChanges.shift()) {
    if (change.rises) enter(draft, change)
    else leave(draft, change)
  }
}

function enter(draft: Draft, { program, ladder, to }: LevelChange): void {
  const level = ladder.levels.find((candidate) => candidate.id === to)
  if (isClosed(program, draft.effective)) return
  if (!level || level.entry.length === 0 || isEntered(draft, ladder.id, to)) return
  if (indexOf(ladder, to) > heldIndex(draft, ladder)) return
  const entered = { ladder: ladder.id, level: to, on: draft.effective, version: program.version }
  emit(draft, { type: 'entered', level: entered, given: true })
  award(draft, program, level.entry, nameOf(ladder.id, to))
}

const isEntered = ({ member }: Draft, ladder: string, level: string): boolean =>
  member.entered?.some((known) => known.ladder === ladder && known.level === level) ?? false

const heldIndex = ({ member }: Draft, ladder: Ladder): number =>
  indexOf(ladder, ladderStateOf(member, ladder.id)?.level ?? '')

/** Only what is lost now: what time took before keeps its awards. */
function leave(draft: Draft, { ladder, from }: LevelChange): void {
  const [held, before] = [heldIndex(draft, ladder), indexOf(ladder, from)]
  const isLost = (level: string) => held < indexOf(ladder, level) && indexOf(ladder, level) <= before
  const lost = (draft.member.entered ?? []).filter((known) => known.ladder === ladder.id && isLost(known.level))
  // What is short falls on the last of them: in the order of the program's levels, not of their names (REF-2).
  for (const entered of lost.sort((a, b) => indexOf(ladder, a.level) - indexOf(ladder, b.level))) {
    const program = programOf(draft.timeline, entered.version)
    const levels = program.ladders.find(({ id }) => id === ladder.id)?.levels
    const awards = levels?.find(({ id }) => id === entered.level)?.entry ?? []
    const isTaken = takeBack(draft, program, awards, { ...nameOf(ladder.id, entered.level), on: entered.on })
    if (isTaken) emit(draft, { type: 'entered', level: entered, given: false })
  }
}

const nameOf = (ladder: string, level: string) => ({ rule: `entry:${level}`, id: `entry/${ladder}/${level}` })
