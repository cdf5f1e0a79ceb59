import { type Entitlements, Problem } from '@laurel/contract'
import { type Because, entitlementsOf, localText } from '@laurel/engine'
import { gatherMember } from '../members/gather-member.ts'
import type { ProgramContext } from '../programs/timeline.ts'
import { localOf } from '../programs/zone.ts'

export interface Asked {
  readonly benefit?: string | undefined
  readonly total?: number | undefined
  readonly opens?: string | undefined
}

/** Which benefits a member has, why, and until when: one row is read, the rest is computed. */
export async function readEntitlements(
  context: ProgramContext,
  program: string,
  id: string,
  { benefit, total, opens }: Asked,
): Promise<Entitlements> {
  const { timeline, member, stamp, zone } = await gatherMember(context, program, id)
  const found = entitlementsOf(timeline, member, {
    benefit: benefit ?? null,
    local: stamp.local,
    placeLocal: stamp.placeLocal,
    total: total ?? null,
    opens: opens === undefined ? null : localOf(zone, Date.parse(opens)),
  })
  if (benefit !== undefined && found.length === 0) throw new Problem('unknown-benefit')
  return {
    member: id,
    at: new Date(stamp.at).toISOString(),
    zone,
    entitlements: found.map(({ because, until, name, ...told }) => ({
      ...told,
      name: { ...name },
      because: becauseOf(because),
      until: until === null ? null : localText(until),
    })),
  }
}

const becauseOf = (because: Because): Entitlements['entitlements'][number]['because'] =>
  because.type === 'not-open' ? { type: because.type, from: localText(because.from) } : { ...because }
