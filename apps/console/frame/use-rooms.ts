import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'

/** What the console has rooms for, and what one must be allowed to see something there. */
const rooms = [
  { to: '/', icon: 'home', text: words.home, scope: 'account:own' },
  { to: '/members', icon: 'members', text: words.members, scope: 'members:read' },
  { to: '/program', icon: 'program', text: words.program, scope: 'programs:read' },
] as const

/** What still stands on plain pages of the server: opened there, with the same session. */
const plainPages = [
  { href: '/program/backtests', text: words.backtests, scope: 'programs:read' },
  { href: '/program/pilots', text: words.pilots, scope: 'programs:read' },
  { href: '/program/corrections', text: words.corrections, scope: 'programs:read' },
  { href: '/program/sandboxes', text: words.sandboxes, scope: 'programs:read' },
] as const

/** Where whoever is signed in may go: a door that does not open for them is not shown. */
export function useRooms() {
  const { may } = useMe()
  return {
    rooms: rooms.filter(({ scope }) => may(scope)),
    plainPages: plainPages.filter(({ scope }) => may(scope)),
  }
}
