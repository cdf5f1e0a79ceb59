import type { RoleName } from '@laurel/contract'
import { useId } from 'react'
import { words } from '../words/words.ts'
import '../tables/choices.css'

const roles = Object.entries(words.teamRoom.roles) as [RoleName, string][]

/** Each role with what it is there for: nobody should have to look that up. */
export function RoleChoice({
  value,
  onChange,
}: {
  readonly value: RoleName
  readonly onChange: (role: RoleName) => void
}) {
  const group = useId()
  return (
    <fieldset className="choice">
      <legend className="only-read">{words.teamRoom.role}</legend>
      <div className="choices one-below-another">
        {roles.map(([role, name]) => (
          <label key={role} className="choice-one">
            <input
              type="radio"
              name={group}
              value={role}
              checked={role === value}
              onChange={() => onChange(role)}
              aria-describedby={`${group}-${role}`}
            />
            <span>
              <strong>{name}</strong>
              <span id={`${group}-${role}`} className="second small">
                {words.teamRoom.meanings[role]}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
