import type { Timeline } from '@laurel/engine'

/** EVT-3: of those published when the event is decided, the most recently published whose start is not after it; null: none. */
export function versionJudging(timeline: Timeline, at: number, decidedAt: number): number | null {
  const eligible = timeline.filter(({ publishedAt, fromAt }) => publishedAt <= decidedAt && fromAt <= at)
  const newest = eligible.reduce<Timeline[number] | null>(
    (best, each) => (best === null || each.publishedAt >= best.publishedAt ? each : best),
    null,
  )
  return newest?.program.version ?? null
}
