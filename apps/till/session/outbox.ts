import { type OutboxEntry, RequestProblem, type TillState } from '@laurel/contract'
import { useSyncExternalStore } from 'react'
import { client, isWithoutLine } from './client.ts'
import {
  append,
  type DeviceKey,
  forget,
  forgetAll,
  hexHash,
  makeKey,
  read,
  readAll,
  signature,
  write,
} from './device.ts'

/** What is sold without a line: numbered, chained, signed and kept, until the shop has answered for it. */

interface Head {
  readonly number: number
  readonly previous: string
}
interface Kept {
  readonly till: TillState
  /** By the clock of this device, when the server said its own. */
  readonly saidAt: number
}
interface Signed {
  readonly number: number
  readonly text: string
  readonly signature: string
}
export type SaleToKeep = Pick<OutboxEntry, 'sale' | 'guest' | 'lines' | 'copies'>

// ---- what the page shows of it -----------------------------------------------------------------------------------------------

let waiting = 0
const tell = new Set<() => void>()
const subscribe = (listen: () => void) => {
  tell.add(listen)
  return () => tell.delete(listen)
}

/** How many sales this device holds. */
export const useWaiting = (): number => useSyncExternalStore(subscribe, () => waiting)

async function count(): Promise<void> {
  waiting = (await readAll('outbox')).length
  for (const listen of tell) listen()
}

// ---- what this device knows of itself ------------------------------------------------------------------------------------------

/**
 * Makes this device a till, with a key of its own where it can have one. Only once the shop has taken it is anything forgotten of the
 * till that it was before.
 */
export async function enrol(said: { readonly program: string; readonly code: string }): Promise<void> {
  const key = await makeKey()
  await client.call('enrolTill', { body: { ...said, publicKey: key?.publicKey ?? null } })
  if (key === null) return
  await forgetAll()
  await write('key', 'own', key)
  await count()
}

const keyOfDevice = async () => (await read('key', 'own')) as DeviceKey | undefined

/** For when there is no line at the next start, and for what time it is then. */
export async function keepState(till: TillState): Promise<void> {
  const kept: Kept = { till, saidAt: Date.now() }
  await write('state', 'till', kept)
}

export async function keptState(): Promise<TillState | null> {
  const kept = (await read('state', 'till')) as Kept | undefined
  if (kept === undefined) return null
  const { shift } = kept.till
  return shift !== null && Date.parse(shift.overAt) > (await momentNow()).at ? kept.till : { ...kept.till, shift: null }
}

/** Never before the last time of the server that was seen, however this device's clock was set meanwhile. */
export async function momentNow(): Promise<{ readonly at: number; readonly seen: string }> {
  const kept = (await read('state', 'till')) as Kept | undefined
  const seen = kept?.till.at ?? new Date(0).toISOString()
  const passed = Math.max(0, Date.now() - (kept?.saidAt ?? 0))
  return { at: Date.parse(seen) + passed, seen }
}

// ---- keeping and telling -------------------------------------------------------------------------------------------------------

/** A till that was enrolled where a page can make no key keeps nothing. */
export class KeepsNothing extends Error {
  override readonly name = 'KeepsNothing'
}

/** Keeps a sale for good: it is on the disk when this resolves. Two windows of one till take turns. */
export async function keepSale(till: string, sale: SaleToKeep): Promise<void> {
  if (!isSecureContext) throw new KeepsNothing()
  await navigator.locks.request('laurel-till-outbox', async () => {
    const key = await keyOfDevice()
    if (key === undefined) throw new KeepsNothing()
    const head = ((await read('state', 'head')) as Head | undefined) ?? { number: 0, previous: await hexHash(till) }
    const { at, seen } = await momentNow()
    const entry: OutboxEntry = {
      ...{ number: head.number + 1, previous: head.previous, at: new Date(at).toISOString(), seen },
      ...sale,
    }
    const text = JSON.stringify(entry)
    const signed: Signed = { number: entry.number, text, signature: await signature(key.privateKey, text) }
    const next: Head = { number: entry.number, previous: await hexHash(text) }
    await append(signed.number, signed, next)
  })
  await count()
}

/** Fewer than the shop takes in one request: each is answered by a decision of its own, and what is answered is safe at once. */
const partMax = 20

/** Tells what is kept, part by part; what breaks off is told again. Only what the shop has answered for is forgotten. */
async function tellAll(): Promise<void> {
  await navigator.locks
    .request('laurel-till-telling', { ifAvailable: true }, async (lock) => {
      if (lock === null) return
      const all = (await readAll('outbox')) as Signed[]
      for (let from = 0; from < all.length; from += partMax) {
        const part = all.slice(from, from + partMax)
        const body = { entries: part.map(({ text, signature: signed }) => ({ text, signature: signed })) }
        const { entries } = await client.call('tellOutbox', { body })
        const done = entries.flatMap(({ number, outcome }) => (outcome === 'refused' ? [] : [number]))
        await forget('outbox', done)
      }
    })
    .catch((error) => {
      // Without a line, or no till any more: what is kept stays, and is told another time.
      if (!isWithoutLine(error) && !(error instanceof RequestProblem)) throw error
    })
  await count()
}

/** A line that is back is not always told of: it is looked for. */
const beatMs = 10_000

export function tellFromNowOn(): void {
  // Over plain HTTP a page has no key, and keeps nothing.
  if (!isSecureContext) return
  const now = () => void tellAll()
  addEventListener('online', now)
  setInterval(() => {
    if (waiting > 0) now()
  }, beatMs)
  now()
}
