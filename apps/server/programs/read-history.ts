import { type HistoryAnswer, Problem } from '@laurel/contract'
import type { ProgramContext } from './timeline.ts'
import { instantOf } from './zone.ts'

const dayMs = 86_400_000

/** Which version judges what occurs on a day, of those that were published by the end of another (EVT-3). */
export async function readHistory(
  context: ProgramContext,
  program: string,
  { on, known }: { readonly on: string; readonly known?: string | undefined },
): Promise<HistoryAnswer> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const { zone } = found.latest
  const startOf = (local: number) => instantOf(zone, local)
  const knownAt = Math.min(
    context.now(program),
    known === undefined ? Number.POSITIVE_INFINITY : startOf(Date.parse(known) + dayMs) - 1,
  )
  const [from, until] = [startOf(Date.parse(on)), startOf(Date.parse(on) + dayMs)]
  const published = found.timeline.filter(({ publishedAt }) => publishedAt <= knownAt)
  const starts = published.map(({ fromAt }) => fromAt).filter((at) => at > from && at < until)
  const bounds = [from, ...new Set(starts.sort((a, b) => a - b)), until]
  const stretches = bounds.slice(0, -1).map((at, index) => ({
    version: published.findLast(({ fromAt }) => fromAt <= at)?.program.version ?? null,
    at,
    until: bounds[index + 1] ?? until,
  }))
  // A start that is overruled by a later publication divides nothing.
  const reigns = stretches.filter(({ version }, index) => index === 0 || stretches[index - 1]?.version !== version)
  return {
    zone,
    on,
    knownAt: new Date(knownAt).toISOString(),
    reigns: reigns.map(({ version, at }, index) => ({
      version,
      fromAt: new Date(at).toISOString(),
      untilAt: new Date(reigns[index + 1]?.at ?? until).toISOString(),
    })),
  }
}
