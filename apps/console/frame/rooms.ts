import { words } from '../words/words.ts'

/** What the console has rooms for. */
export const rooms = [
  { to: '/', icon: 'home', text: words.home },
  { to: '/members', icon: 'members', text: words.members },
  { to: '/program', icon: 'program', text: words.program },
] as const

/** What still stands on plain pages of the server: opened there, with the same session. */
export const plainPages = [
  { href: '/program/backtests', text: words.backtests },
  { href: '/program/pilots', text: words.pilots },
  { href: '/program/corrections', text: words.corrections },
  { href: '/program/sandboxes', text: words.sandboxes },
] as const
