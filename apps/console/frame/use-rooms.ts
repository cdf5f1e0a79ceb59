import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'

/** What the console has rooms for, and what one must be allowed to see something there. */
const rooms = [
  { to: '/', icon: 'home', text: words.home, scope: 'account:own', group: 'daily' },
  { to: '/members', icon: 'members', text: words.members, scope: 'members:read', group: 'daily' },
  { to: '/program', icon: 'program', text: words.program, scope: 'programs:read', group: 'daily' },
  { to: '/reports', icon: 'report', text: words.reports, scope: 'insights:read', group: 'understand' },
  { to: '/backtests', icon: 'backtest', text: words.backtests, scope: 'programs:read', group: 'understand' },
  { to: '/rewards', icon: 'reward', text: words.rewards, scope: 'programs:read', group: 'for-members' },
  { to: '/offers', icon: 'offer', text: words.offers, scope: 'programs:read', group: 'for-members' },
  { to: '/partners', icon: 'partner', text: words.partners, scope: 'settlements:read', group: 'with-others' },
  { to: '/waiting', icon: 'second', text: words.secondPerson, scope: 'adjustments:write', group: 'run' },
  { to: '/team', icon: 'team', text: words.team, scope: 'team:read', group: 'run' },
  { to: '/keys', icon: 'key', text: words.keys, scope: 'keys:write', group: 'run' },
  { to: '/audit', icon: 'audit', text: words.audit, scope: 'audit:read', group: 'run' },
  { to: '/pilots', icon: 'pilot', text: words.pilots, scope: 'programs:read', group: 'understand' },
  { to: '/corrections', icon: 'correction', text: words.corrections, scope: 'programs:read', group: 'understand' },
  { to: '/sandboxes', icon: 'sandbox', text: words.sandboxes, scope: 'programs:read', group: 'understand' },
  { to: '/settings', icon: 'settings', text: words.settings, scope: 'programs:read', group: 'run' },
] as const

/** In the order in which they stand below each other; the first stands under the thumb of a phone. */
const groups = [
  { id: 'daily', title: null },
  { id: 'for-members', title: words.forMembers },
  { id: 'understand', title: words.understand },
  { id: 'with-others', title: words.withOthers },
  { id: 'run', title: words.run },
] as const

/** Where whoever is signed in may go: a door that does not open for them is not shown. */
export function useRooms() {
  const { may } = useMe()
  const open = rooms.filter(({ scope }) => may(scope))
  return {
    rooms: open,
    groups: groups
      .map(({ id, title }) => ({ id, title, rooms: open.filter(({ group }) => group === id) }))
      .filter((group) => group.rooms.length > 0),
  }
}

export type Room = (typeof rooms)[number]
