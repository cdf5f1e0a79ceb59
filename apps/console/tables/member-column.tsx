import { Link } from '@tanstack/react-router'
import type { Column } from './column.ts'

/** Of rows that are about a member: their id, which leads to their page. */
export const memberColumn = (title: string): Column<{ readonly member: string }> => ({
  id: 'member',
  title,
  cellOf: ({ member }) => (
    <Link to="/members/$member" params={{ member }} className="row-link">
      {member}
    </Link>
  ),
  textOf: ({ member }) => member,
})
