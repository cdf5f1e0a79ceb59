import { type Draft, emit } from '../draft.ts'

/** Takes of a shared room, or gives back; later in the same event there is so much less. */
export function takeRoom(draft: Draft, room: string, change: number): void {
  if (change === 0) return
  const { grants } = draft
  if (change > 0) grants?.set(room, (grants.get(room) ?? 0) - change)
  emit(draft, { change, room, type: 'room' })
}
