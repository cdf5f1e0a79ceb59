import { Button, NumberInput, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client } from '../session/client.ts'
import { useVocabulary, wordsOf } from '../session/vocabulary.ts'
import { words } from '../words/words.ts'

/** What an order would give a member now; nothing is written. */
export function TryOrder() {
  const named = useVocabulary()
  const { code, exponent } = named.program.currency
  const [member, setMember] = useState('')
  const [total, setTotal] = useState<number | string>('')
  const [category, setCategory] = useState('')
  const { mutate, data, error, isPending } = useMutation({
    mutationFn: () =>
      client.call('previewCart', {
        body: {
          member: member.trim(),
          order: {
            id: 'tried-in-the-console',
            currency: code,
            lines: [
              {
                ...{ id: '1', sku: 'tried', quantity: 1, total: Math.round(Number(total) * 10 ** exponent) },
                ...(category.trim() === '' ? {} : { categories: [category.trim()] }),
              },
            ],
          },
        },
      }),
  })
  const said = words.tryOrder
  const isReady = member.trim() !== '' && Number(total) > 0
  return (
    <section className="try">
      <h2>{said.title}</h2>
      <p className="second">{said.lead}</p>
      <form
        className="try-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady && !isPending) mutate()
        }}
      >
        <TextInput
          label={said.member}
          value={member}
          onChange={({ currentTarget }) => setMember(currentTarget.value)}
        />
        <NumberInput
          label={said.total(code)}
          value={total}
          onChange={setTotal}
          min={0}
          decimalScale={exponent}
          hideControls
        />
        <TextInput
          label={said.category}
          value={category}
          onChange={({ currentTarget }) => setCategory(currentTarget.value)}
        />
        <Button type="submit" disabled={!isReady} loading={isPending}>
          {said.ask}
        </Button>
      </form>
      {error === null ? null : <ProblemView error={error} inForm />}
      {data === undefined ? null : (
        <ul className="reasons" aria-label={said.title}>
          {data.earned.length === 0 ? <li>{said.nothing}</li> : null}
          {data.earned.map(({ rule, asset, amount }) => (
            <li key={`${rule} ${asset}`}>
              <span>{wordsOf(rule)}</span>
              <span className="second">{named.asset(asset)}</span>
              <span className="number">{named.change(amount, asset)}</span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
