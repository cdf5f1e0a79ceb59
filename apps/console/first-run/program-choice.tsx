import type { ReadyProgramAnswer } from '@laurel/contract'
import { useState } from 'react'
import { amountText } from '../words/format.ts'
import { words } from '../words/words.ts'
import '../tables/choices.css'

/** What most shops begin with, plainest first; the others are one touch away. */
const shownFirst = ['punch-card', 'point-per-pound', 'coffee-stars', 'cashback', 'spend-threshold', 'glow-club']

export function ProgramChoice({
  programs,
  value,
  error,
  onChange,
}: {
  readonly programs: readonly ReadyProgramAnswer[]
  readonly value: string
  readonly error: string | null
  readonly onChange: (program: string) => void
}) {
  const [isWhole, setIsWhole] = useState(false)
  const said = words.firstRun
  const first = shownFirst.flatMap((id) => programs.find((program) => program.id === id) ?? [])
  const others = programs.filter(({ id }) => !shownFirst.includes(id))
  const shown = isWhole ? [...first, ...others] : [...first, ...others.filter(({ id }) => id === value)]
  return (
    <fieldset className="choice" aria-invalid={error !== null}>
      <legend>{said.program}</legend>
      <p className="second">{said.programLead}</p>
      <div className="choices">
        {shown.map(({ id, name, sentence }) => (
          <label key={id} className="choice-one">
            <input
              type="radio"
              name="program"
              value={id}
              checked={id === value}
              onChange={() => onChange(id)}
              aria-describedby={`about-${id}`}
            />
            <span>
              <strong>{name}</strong>
              <span id={`about-${id}`} className="second">
                {sentence}
              </span>
            </span>
          </label>
        ))}
      </div>
      {others.length === 0 ? null : (
        <button type="button" className="link" onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? said.showFewer : said.showAll(amountText(programs.length))}
        </button>
      )}
      {error === null ? null : <p className="wrong">{error}</p>}
    </fieldset>
  )
}
