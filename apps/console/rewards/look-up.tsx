import { RequestProblem } from '@laurel/contract'
import { Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ProblemView } from '../frame/problem-view.tsx'
import { client, newActName } from '../session/client.ts'
import type { Named } from '../session/vocabulary.ts'
import { dayText } from '../words/format.ts'
import { words } from '../words/words.ts'
import './rewards.css'

const said = words.rewardsRoom

/** What somebody shows at the counter: whose it is, whether it is good, and its use. */
export function LookUp({ named }: { readonly named: Named }) {
  const [code, setCode] = useState('')
  const [idempotencyKey, setIdempotencyKey] = useState(newActName)
  const look = useMutation({
    mutationFn: (shown: string) => client.call('lookUpCode', { body: { code: shown } }),
  })
  const use = useMutation({
    mutationFn: (shown: string) => client.call('useVoucher', { body: { code: shown }, idempotencyKey }),
    onSuccess: ({ granted }, shown) => {
      // What was refused is recorded under its name: another attempt is another act.
      if (!granted) setIdempotencyKey(newActName())
      else look.mutate(shown)
    },
  })
  const found = look.data
  const isUnknown = look.error instanceof RequestProblem && look.error.body.code === 'unknown-code'
  const error = isUnknown ? null : (look.error ?? use.error)
  return (
    <section className="table-part look-up" aria-labelledby="look-up">
      <h2 id="look-up">{said.lookUp}</h2>
      <p className="second">{said.lookUpLead}</p>
      <form
        className="filters"
        onSubmit={(event) => {
          event.preventDefault()
          if (code.trim() === '' || look.isPending) return
          use.reset()
          setIdempotencyKey(newActName())
          look.mutate(code.trim())
        }}
      >
        <TextInput
          label={said.code}
          value={code}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          onChange={({ currentTarget }) => {
            setCode(currentTarget.value)
            // What was found is of another code, and is not to be used in its name.
            look.reset()
            use.reset()
          }}
        />
        <Button type="submit" variant="default" loading={look.isPending} disabled={code.trim() === ''}>
          {said.look}
        </Button>
      </form>
      {isUnknown ? (
        <p role="alert" className="wrong">
          {said.noCode}
        </p>
      ) : null}
      {error === null ? null : <ProblemView error={error} inForm />}
      {found === undefined || isUnknown ? null : (
        <div className="voucher-found" role="status">
          <p>
            <strong>
              {said.found(named.reward(found.voucher.reward), words.vouchers.statuses[found.voucher.status])}
            </strong>{' '}
            <Link to="/members/$member" params={{ member: found.member }}>
              {found.member}
            </Link>
          </p>
          <p className="second">
            {[
              found.voucher.lastDay === null ? null : said.goodUntil(dayText(found.voucher.lastDay)),
              found.voucher.left === null ? null : said.holds(named.money(found.voucher.left)),
            ]
              .filter((each) => each !== null)
              .join(' ')}
          </p>
          {use.data?.granted === false ? (
            <p role="alert" className="warning-text">
              {said.notUsed(use.data.refusal?.code ?? '')}
            </p>
          ) : null}
          {use.data?.granted === true ? <p>{said.used}</p> : null}
          {found.voucher.status !== 'open' ? null : found.voucher.left !== null ? (
            <p className="second">{said.needsBasket}</p>
          ) : (
            <Button loading={use.isPending} onClick={() => use.mutate(look.variables)}>
              {said.use}
            </Button>
          )}
        </div>
      )}
    </section>
  )
}
