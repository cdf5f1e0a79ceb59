import type { StaffSession } from '@laurel/contract'
import type { Column } from '../tables/column.ts'
import { agoText, momentText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { browserText } from './browser-text.ts'

const said = words.teamRoom

/** What tells one session from another, one's own or a colleague's. */
export const sessionColumns: readonly Column<StaffSession>[] = [
  {
    id: 'begun',
    title: said.begun,
    cellOf: ({ startedAt, current }) => (current ? <strong>{said.here}</strong> : agoText(startedAt)),
    textOf: ({ startedAt }) => startedAt,
  },
  {
    id: 'until',
    title: said.until,
    cellOf: ({ expiresAt }) => <span className="second">{momentText(expiresAt)}</span>,
    textOf: ({ expiresAt }) => expiresAt,
  },
  {
    id: 'from',
    title: said.from,
    cellOf: ({ address }) => <span className="id">{address ?? said.unknown}</span>,
    textOf: ({ address }) => address,
  },
  {
    id: 'browser',
    title: said.browser,
    cellOf: ({ browser }) => <span className="second">{browserText(browser) ?? said.unknown}</span>,
    textOf: ({ browser }) => browser,
  },
]
