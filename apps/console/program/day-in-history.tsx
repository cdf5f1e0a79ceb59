import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { amountText, programMomentText } from '../words/format.ts'
import { words } from '../words/words.ts'

/** Which version judges what occurs on a day, as it was known on another. */
export function DayInHistory() {
  const [on, setOn] = useState('')
  const [known, setKnown] = useState('')
  const [asked, setAsked] = useState<{ on: string; known: string } | null>(null)
  const { data, error } = useQuery({
    queryKey: ['history', asked],
    queryFn: () =>
      client.call('readHistory', {
        query: { on: asked?.on ?? '', ...(asked?.known === '' || asked === null ? {} : { known: asked.known }) },
      }),
    enabled: asked !== null,
  })
  const said = words.versions
  return (
    <section className="try" aria-label={said.history}>
      <h2>{said.history}</h2>
      <p className="second">{said.historyLead}</p>
      <form
        className="try-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (on !== '') setAsked({ on, known })
        }}
      >
        <TextInput
          type="date"
          label={said.on}
          value={on}
          onChange={({ currentTarget }) => setOn(currentTarget.value)}
        />
        <TextInput
          type="date"
          label={said.known}
          value={known}
          onChange={({ currentTarget }) => setKnown(currentTarget.value)}
        />
        <Button type="submit" disabled={on === ''}>
          {said.look}
        </Button>
      </form>
      {error === null ? null : <ProblemView error={error} inForm />}
      {data === undefined ? null : (
        <div role="status">
          <ul className="reigns">
            {data.reigns.map(({ version, fromAt, untilAt }) => (
              <li key={fromAt}>
                <strong>{version === null ? said.nobody : said.numbered(amountText(version))}</strong>{' '}
                <span className="second">
                  {said.between(programMomentText(fromAt, data.zone), programMomentText(untilAt, data.zone))}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  )
}
