import type { Scope } from '@laurel/contract'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from '../session/me.ts'
import { words } from '../words/words.ts'
import './problem.css'

/** A room for whoever may: anybody else finds no door to it, and is told why when they come by its address. */
export function OnlyFor({
  scope,
  room,
  children,
}: {
  readonly scope: Scope
  readonly room: string
  readonly children: ReactNode
}) {
  const { may, role } = useMe()
  if (may(scope)) return children
  const { problem, roles } = words
  return (
    <div className="problem">
      <title>{`${room} · ${words.name}`}</title>
      <h1>{room}</h1>
      <p>{role === null ? problem.keyMayNot : problem.roleMayNot(roles[role])}</p>
      <p className="second">{problem.mayNotRemedy}</p>
      <Link to="/">{problem.goHome}</Link>
    </div>
  )
}
