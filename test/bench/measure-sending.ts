import { type Figure, figure } from './figures.ts'
import type { Bench } from './house.ts'
import { processorTimeOf, shareText } from './processor-time.ts'

const pollMs = 250

/** O1: one offer to every member that there is, by one call, against TPC-B. The last of all: afterwards everybody has one. */
export async function measureSending(bench: Bench): Promise<Figure[]> {
  const { server, baseline } = await bench.house()
  const before = processorTimeOf(server)
  const startedAt = performance.now()
  let sending = await ask(server, 'POST', '/v1/offers/come-back/send', '{}')
  while (sending.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, pollMs))
    sending = await ask(server, 'GET', `/v1/offers/come-back/sendings/${sending.id}`)
  }
  const rate = sending.sent / ((performance.now() - startedAt) / 1000)
  const spent = shareText(before, processorTimeOf(server), sending.sent)
  bench.say(`sending: ${rate.toFixed(0)}/s`)
  const note = `${sending.sent} members in one call; of each receipt: ${spent}`
  return [
    figure(
      'O1',
      'an offer sent to everybody',
      '1/s',
      '>= 4',
      rate,
      await baseline.measure(bench.options.seconds),
      note,
    ),
  ]
}

interface Sending {
  readonly id: string
  readonly status: string
  readonly sent: number
}

async function ask(
  { url, key }: { readonly url: string; readonly key: string },
  method: string,
  address: string,
  body?: string,
): Promise<Sending> {
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  const answer = await fetch(url + address, { method, headers, ...(body === undefined ? {} : { body }) })
  if (!answer.ok) throw new Error(`${method} ${address}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as Sending
}
