import type { CopyOfVoucher, Guest, OutboxEntry, Signed, TillState } from '@laurel/contract'
import { forget, hexHash, isSignedBy, read, readAll, write } from './device.ts'
import { momentNow } from './outbox.ts'

/** Whom this till has seen lately, and which of their vouchers it may honour without a line. */

/** A voucher as a copy says it, with the name of its reward. */
export interface Copy {
  readonly signed: Signed
  readonly says: CopyOfVoucher
  readonly name: Readonly<Record<string, string>> | undefined
}
interface Known {
  /** Under which it is kept: a hash, so that the numbers of those who were here do not lie about. */
  readonly place: string
  readonly seenAt: number
  readonly name: string | null
  readonly copies: readonly Copy[]
}

/** A guest without a line: how they said who they are, and what is known of them. */
export interface GuestWithoutLine {
  readonly guest: OutboxEntry['guest']
  readonly name: string | null
  readonly copies: readonly Copy[]
}

/** As long as copies are good. */
const knownMs = 3 * 86_400_000

const placeOf = (till: string, phone: string): Promise<string> => hexHash(`${till} ${phone.replaceAll(/[^\d+]/g, '')}`)

/** Whoever was found by a number can be found by it without a line. */
export async function remember(till: TillState, phone: string, guest: Guest): Promise<void> {
  if (!isSecureContext) return
  const place = await placeOf(till.till, phone)
  const copies = guest.copies.map((signed): Copy => {
    const says: CopyOfVoucher = JSON.parse(signed.text)
    return { signed, says, name: guest.words.rewards.find(({ id }) => id === says.reward)?.name }
  })
  const known: Known = { place, seenAt: Date.now(), name: guest.name, copies }
  await write('seen', place, known)
  const all = (await readAll('seen')) as Known[]
  const old = all.filter(({ seenAt }) => seenAt < Date.now() - knownMs).map((each) => each.place)
  if (old.length > 0) await forget('seen', old)
}

/** Only what the server has signed, for this till, that is not over and was not honoured here before. */
export async function guestWithoutLine(till: TillState, guest: OutboxEntry['guest']): Promise<GuestWithoutLine> {
  if (!('phone' in guest) || !isSecureContext) return { guest, name: null, copies: [] }
  const known = (await read('seen', await placeOf(till.till, guest.phone))) as Known | undefined
  if (known === undefined) return { guest, name: null, copies: [] }
  const { at } = await momentNow()
  const checked = await Promise.all(
    known.copies.map(async ({ signed, says }) => {
      const isOurs = await isSignedBy(till.offline.key, signed.text, signed.signature)
      const isUsed = (await read('state', usedPlace(says))) !== undefined
      return isOurs && !isUsed && says.till === till.till && at < Date.parse(says.until)
    }),
  )
  return { guest, name: known.name, copies: known.copies.filter((_, index) => checked[index]) }
}

const usedPlace = ({ voucher, member }: CopyOfVoucher): string => `used/${member}/${voucher}`
const honouredPlace = (member: string, day: string): string => `honoured/${member}/${day}`

/** The day by the clock of the shop. */
const dayOf = (till: TillState, at: number): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: till.zone, dateStyle: 'short' }).format(at)

/** How much more may be honoured for this member on this day. */
export async function roomFor(till: TillState, copy: CopyOfVoucher): Promise<number> {
  const day = dayOf(till, (await momentNow()).at)
  return till.offline.most - Number((await read('state', honouredPlace(copy.member, day))) ?? 0)
}

/** Kept before the goods are handed over. */
export async function noteHonoured(till: TillState, copies: readonly Copy[]): Promise<void> {
  const day = dayOf(till, (await momentNow()).at)
  for (const { says } of copies) {
    const place = honouredPlace(says.member, day)
    await write('state', place, Number((await read('state', place)) ?? 0) + says.worth)
    await write('state', usedPlace(says), day)
  }
}
