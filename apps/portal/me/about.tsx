import type { OwnCard } from '@laurel/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, queryClient } from '../session/client.ts'
import { useNamed } from '../session/named.ts'
import { amountText, monthText } from '../words/format.ts'
import { words } from '../words/words.ts'

const two = (number: number): string => String(number).padStart(2, '0')
const upTo = (most: number): number[] => Array.from({ length: most }, (_, index) => index + 1)
/** In a year that has a 29 February. */
const daysIn = (month: string): number => new Date(Date.UTC(2024, Number(month), 0)).getUTCDate()

/** Name and birthday, and whether one is named on leaderboards. What a code goes to is not changed here. */
export function About({ card }: { readonly card: OwnCard }) {
  const [month, setMonth] = useState(card.birthday?.slice(0, 2) ?? '')
  const [day, setDay] = useState(card.birthday?.slice(3) ?? '')
  const named = useNamed()
  const save = useMutation({
    mutationFn: (body: { name: string | null; birthday: string | null; seen?: boolean }) =>
      client.call('changeSelf', { body }),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['card'] }),
  })
  const choose = (chosen: string) => {
    setMonth(chosen)
    if (chosen !== '' && Number(day) > daysIn(chosen)) setDay('')
  }
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const name = String(form.get('name') ?? '').trim()
    save.mutate({
      name: name === '' ? null : name,
      // Half a day is none: the browser asks for the other half before it sends.
      birthday: month === '' ? null : `${month}-${day}`,
      // Who says nothing of it is not named; only what is on the page is said.
      ...(named?.vocabulary.ranks === true ? { seen: form.get('seen') !== null } : {}),
    })
  }
  return (
    <section className="part">
      <h2>{words.me.about}</h2>
      <form className="about" onSubmit={send}>
        <div className="field">
          <label htmlFor="name">{words.me.name}</label>
          <input id="name" name="name" autoComplete="name" maxLength={200} dir="auto" defaultValue={card.name ?? ''} />
        </div>
        <fieldset className="birthday">
          <legend>{words.me.birthday}</legend>
          <select
            aria-label={words.me.day}
            value={day}
            required={month !== ''}
            onChange={({ target }) => setDay(target.value)}
          >
            <option value="">{words.me.unsaid}</option>
            {upTo(month === '' ? 31 : daysIn(month)).map((each) => (
              <option key={each} value={two(each)}>
                {amountText(each)}
              </option>
            ))}
          </select>
          <select
            aria-label={words.me.month}
            value={month}
            required={day !== ''}
            onChange={({ target }) => choose(target.value)}
          >
            <option value="">{words.me.unsaid}</option>
            {upTo(12).map((each) => (
              <option key={each} value={two(each)}>
                {monthText(each)}
              </option>
            ))}
          </select>
        </fieldset>
        <p className="second small">
          {words.me.birthdayLead} {words.me.contactLead}
        </p>
        {named?.vocabulary.ranks === true ? (
          <label className="check">
            <input type="checkbox" name="seen" defaultChecked={card.seen} /> {words.me.seen}
          </label>
        ) : null}
        <button type="submit" className="button plain" disabled={save.isPending}>
          {words.me.save}
        </button>
        <div role="status">{save.isSuccess ? <p className="good">{words.me.saved}</p> : null}</div>
        {save.error === null ? null : <ProblemView error={save.error} />}
      </form>
    </section>
  )
}
