import type { MemberEvent, Stamp } from '@laurel/engine'

/** Whether a drawn member is there (END-1): joined, frozen, gone, or erased for good. */
export interface Presence {
  joined: boolean
  frozen: boolean
  left: boolean
  erased: boolean
}

interface Named {
  readonly source: string
  readonly id: string
  readonly stamp: Stamp
}

/** Comings and goings; what makes no sense is told rarely, or not at all. */
export function comeOrGo(
  presence: Presence,
  { kind, share, flag }: { readonly kind: string; readonly share: number; readonly flag: boolean },
  common: Named,
  staff: Named & { readonly actor: string; readonly reason: string },
): MemberEvent[] {
  switch (kind) {
    case 'join':
      if (presence.joined) return []
      presence.joined = true
      return [{ ...common, type: 'member.joined' }]
    case 'freeze':
    case 'thaw': {
      const frozen = kind === 'freeze'
      if (frozen && share > 6) return []
      // Sometimes said twice.
      if (presence.frozen === frozen && share < 11) return []
      presence.frozen = frozen
      return [{ ...common, type: 'member.frozen', frozen, actor: flag ? 'staff-1' : null, reason: 'property' }]
    }
    case 'leave':
      if (presence.left && share < 11) return []
      presence.left = true
      return [{ ...common, type: 'member.left' }]
    case 'rejoin':
      if (!presence.left) return []
      presence.left = false
      presence.joined = true
      return [{ ...common, type: 'member.joined' }]
    case 'erase':
      // Rarely: it ends the history.
      if (share > 1) return []
      presence.erased = true
      return [{ ...staff, type: 'member.erased' }]
    default:
      throw new Error(`nobody tells ${kind}`)
  }
}
