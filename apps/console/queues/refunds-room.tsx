import { currencyExponentOf, type QueuedRefund } from '@laurel/contract'
import { TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { client, newActName } from '../session/client.ts'
import { agoText, moneyText } from '../words/format.ts'
import { words } from '../words/words.ts'
import { AnswerForm } from './answer-form.tsx'
import { Queue } from './queue.tsx'

const pageLength = 50
/** As many as one request may ask for. */
const inFile = 200

const route = getRouteApi('/refunds')

/** Refunds that nobody could match: each is counted, against an order that somebody names, or not at all. */
export function RefundsRoom() {
  const { cursor } = route.useSearch()
  const navigate = route.useNavigate()
  const answer = useQuery({
    queryKey: ['refunds', cursor],
    queryFn: () => client.call('listUnmatchedRefunds', { query: { cursor, limit: String(pageLength) } }),
  })
  const said = words.queues
  return (
    <Queue
      title={said.refunds}
      lead={said.refundsLead}
      empty={said.refundsEmpty}
      heads={[said.refund, said.member, said.amount, said.names, said.why, said.since]}
      answer={answer}
      items={answer.data?.refunds}
      next={answer.data?.next ?? null}
      onNext={(to) => navigate({ search: { cursor: to } })}
      idOf={({ source, id }) => `${source}/${id}`}
      cellsOf={({ source, id, member, amount, currency, order, reason, line, queuedAt }) => [
        <span key="id" className="id">{`${source}/${id}`}</span>,
        <Link key="member" to="/members/$member" params={{ member }}>
          {member}
        </Link>,
        <strong key="amount">{amountText(amount, currency)}</strong>,
        <span key="order" className="id">
          {order ?? said.noOrder}
        </span>,
        <span key="reason" className="second">
          {reasonText(reason)} {line === null ? '' : said.line(line)}
        </span>,
        <span key="since" className="third">
          {agoText(queuedAt)}
        </span>,
      ]}
      file="refunds"
      textsOf={({ source, id, member, amount, order, reason, queuedAt }) => [
        ...[`${source}/${id}`, member, amount, order, reasonText(reason), queuedAt],
      ]}
      readPage={async (from, signal) => {
        const query = { cursor: from, limit: String(inFile) }
        const { refunds: rows, next } = await client.call('listUnmatchedRefunds', { query, signal })
        return { rows, next }
      }}
      formOf={(refund) => <RefundForm refund={refund} />}
    />
  )
}

function amountText(amount: number | null, currency: string | null): string {
  if (amount === null) return words.queues.amountUnknown
  return currency === null ? String(amount) : moneyText(amount, currency, currencyExponentOf(currency) ?? 2)
}

function reasonText(reason: string): string {
  const texts: Readonly<Record<string, string>> = words.queues.reasons
  return texts[reason] ?? reason
}

function RefundForm({ refund: { source, id } }: { readonly refund: QueuedRefund }) {
  const [idempotencyKey, setIdempotencyKey] = useState(newActName)
  const [order, setOrder] = useState('')
  const named = /^([^/\s]+)\/(\S+)$/.exec(order.trim())
  const isWrong = order.trim() !== '' && named === null
  const path = { source, id }
  return (
    <AnswerForm
      queue="refunds"
      isReady={!isWrong}
      onAccept={async (reason) => {
        const of = named === null ? {} : { order: { source: named[1] ?? '', id: named[2] ?? '' } }
        const answer = await client.call('acceptRefund', { path, body: { reason, ...of }, idempotencyKey })
        // What was refused is recorded under its name: another attempt is another act.
        if (!answer.granted) setIdempotencyKey(newActName())
        return answer
      }}
      onDismiss={async (reason) => {
        await client.call('dismissRefund', { path, body: { reason } })
      }}
    >
      <TextInput
        label={words.queues.order}
        description={words.queues.orderHint}
        value={order}
        error={isWrong ? words.queues.orderWrong : null}
        onChange={({ currentTarget }) => setOrder(currentTarget.value)}
      />
    </AnswerForm>
  )
}
