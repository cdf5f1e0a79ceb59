import type { Timeline, TimelineEntry } from '../program/program.ts'

/**
 * The version that judges what happened at `at` when it is decided at `decidedAt` (EVT-3): of those published by then whose
 * start is not after it, the last published. Null before the first start.
 */
export function versionAt(timeline: Timeline, at: number, decidedAt: number): TimelineEntry | null {
  for (let i = timeline.length - 1; i >= 0; i--) {
    const entry = timeline[i]
    if (entry && entry.publishedAt <= decidedAt && entry.fromAt <= at) return entry
  }
  return null
}
