import type { Timeline } from '@laurel/engine'
import { isDrawn } from './drawn.ts'

/** PIL-1: the versions that rule one member: those for all, and those on trial into which it is drawn, from their own start. */
export const versionsFor = (published: Timeline, chance: number | null): Timeline =>
  published.flatMap((entry) => {
    const { pilot } = entry
    if (pilot === undefined) return [entry]
    const { begun, share, fromAt, fromLocal } = pilot
    return chance !== null && isDrawn(chance, `pilot:${begun}`, share) ? [{ ...entry, fromAt, fromLocal }] : []
  })
