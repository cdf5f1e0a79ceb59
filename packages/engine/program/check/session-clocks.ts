import { localText } from '../../time/local.ts'
import type { DocumentText } from '../document/document.ts'
import type { Reading } from '../shape.ts'
import { remark } from './remark.ts'

/** What clocks show, from whoever knows the data of zones: the engine does not (TIME-1). */
export interface WallClock {
  /** Epoch milliseconds at which the clock shows it; where it never does, as far behind the gap as it lies in it. */
  readonly instantOf: (zone: string, local: number) => number
  readonly localOf: (zone: string, at: number) => number
}

/** Sessions that begin at a time that their clock passes over. */
export function checkSessionClocks(document: DocumentText, clock: WallClock, reading: Reading): void {
  const zoneByPlace = new Map((document.places ?? []).map(({ id, value }) => [id, value.zone]))
  for (const { value: reward } of document.rewards ?? []) {
    if (reward.type !== 'experience') continue
    for (const { tree, starts, place } of reward.sessions) {
      const zone = zoneByPlace.get(place ?? '') ?? document.zone
      if (zone === null) continue
      const at = clock.instantOf(zone, starts.local)
      const shown = clock.localOf(zone, at)
      if (shown === starts.local) continue
      const minute = (local: number) => localText(local).slice(0, 'YYYY-MM-DDTHH:MM'.length)
      const message = `The clock of ${zone} is set forward over ${minute(starts.local)}: it begins at ${minute(at)} UTC, when that clock shows ${minute(shown)}`
      remark(reading, 'warning', [tree, 'starts'], 'session-skipped', message, `Write ${minute(shown)}`)
    }
  }
}
