import { Problem, type Vocabulary } from '@laurel/contract'
import { type Ladder, type Program, versionAt } from '@laurel/engine'
import type { ProgramContext } from './timeline.ts'

/** What ids and amounts of the program are called, by the last version that knows each: the ledger outlives a version. */
export async function readVocabulary(context: ProgramContext, program: string): Promise<Vocabulary> {
  const found = await context.timelines.of(program)
  if (found === null) throw new Problem('no-program')
  const { timeline, latest } = found
  const programs = timeline.map((entry) => entry.program)
  const now = context.now(program)
  const named = (all: (from: Program) => Iterable<Named>) => lastOf(programs, all).map(({ id, name }) => ({ id, name }))
  return {
    program,
    name: latest.name,
    zone: latest.zone,
    currency: { code: latest.currency.code, exponent: latest.currency.exponent },
    version: versionAt(timeline, now, now)?.program.version ?? null,
    sandbox: context.isSandbox(program),
    assets: lastOf(programs, ({ assets }) => assets).map(({ id, name, kind, scale, counted }) => ({
      ...{ id, name, kind, scale, counted },
    })),
    ladders: lastOf(programs, ({ ladders }) => ladders).map(({ id, measure, levels }) => ({
      id,
      measure: measure.type,
      of: countedBy(measure),
      levels: levels.map((level) => ({ id: level.id, name: level.name, reach: level.reach })),
    })),
    rewards: named(({ rewards }) => rewards.values()),
    cards: named(({ cards }) => cards.values()),
    challenges: named(({ challenges }) => challenges.values()),
  }
}

interface Named {
  readonly id: string
  readonly name: Readonly<Record<string, string>>
}

/** In the order of the latest version, then whatever only earlier ones declare. */
function lastOf<Part extends { readonly id: string }>(
  programs: readonly Program[],
  partsOf: (program: Program) => Iterable<Part>,
): Part[] {
  const parts = new Map<string, Part>()
  for (const program of programs.toReversed()) {
    for (const part of partsOf(program)) if (!parts.has(part.id)) parts.set(part.id, part)
  }
  return [...parts.values()]
}

function countedBy(measure: Ladder['measure']): string | null {
  switch (measure.type) {
    case 'earned':
      return measure.asset
    case 'activities':
      return measure.name
    case 'spend':
    case 'orders':
    case 'visits':
    case 'referrals':
      return null
  }
}
