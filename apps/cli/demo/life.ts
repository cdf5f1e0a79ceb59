import type { EventToSend } from '@laurel/contract'
import { catalogue, familyNames, givenNames, type Product } from './catalogue.table.ts'
import { drawHabits, type Habits } from './habits.ts'
import { between, chance, createRandom, exponential, pick, pickWeighted, type Random } from './random.ts'

/** What the demo's members live in. `endsOn` is the first day that has not happened yet. */
export interface Setting {
  readonly seed: number
  readonly endsOn: Temporal.PlainDate
  readonly windowDays: number
  readonly zone: string
  readonly currency: string
  readonly source: string
  /** Names of the program's shops; empty: everything is sold on the web. */
  readonly places: readonly string[]
  /** The reward that takes money off an order; null: the program has none, and nobody spends points. */
  readonly moneyOff: { readonly reward: string; readonly points: number; readonly minor: number } | null
  readonly pendingDays: number
  /** Some write about what they bought, where the program rewards it. */
  readonly reviews: boolean
}

export interface DemoLife {
  readonly member: { readonly id: string; readonly name: string; readonly email: string }
  /** In the order in which it happened. */
  readonly happenings: readonly Happening[]
}
export type Happening =
  | { readonly type: 'event'; readonly event: EventToSend }
  | { readonly type: 'redemption'; readonly id: string; readonly reward: string; readonly occurredAt: string }

interface Dated {
  readonly at: number
  readonly happening: Happening
}

/** One member's life, the same for the same seed and index whatever the others do. */
export function generateLife(setting: Setting, index: number): DemoLife {
  const random = createRandom(setting.seed, index)
  const habits = drawHabits(random, setting.windowDays)
  const id = `M${String(index + 1).padStart(5, '0')}`
  const life = new MemberLife(setting, random, habits, id)
  const given = pick(random, givenNames)
  const family = pick(random, familyNames)
  const name = `${given} ${family}`
  const email = `${given}.${family}.${index + 1}@example.com`.toLowerCase()
  return { member: { id, name, email }, happenings: life.live() }
}

class MemberLife {
  readonly #setting: Setting
  readonly #random: Random
  readonly #habits: Habits
  readonly #member: string
  readonly #startsOn: Temporal.PlainDate
  readonly #dated: Dated[] = []
  /** What they believe they have: points by the day from which they can be spent. */
  readonly #expected: { fromDay: number; points: number }[] = []
  #orders = 0

  constructor(setting: Setting, random: Random, habits: Habits, member: string) {
    this.#setting = setting
    this.#random = random
    this.#habits = habits
    this.#member = member
    this.#startsOn = setting.endsOn.subtract({ days: setting.windowDays })
  }

  live(): Happening[] {
    const { joinsOnDay, staysDays, ordersPerDay } = this.#habits
    const joinedAt = this.#instant(joinsOnDay, 9 * 60)
    this.#say(joinedAt, { type: 'member.joined', ...this.#sent('joined', joinedAt) })
    const leavesOnDay = Math.min(this.#setting.windowDays, joinsOnDay + staysDays)
    // The first order is why they joined; from then on they buy at their own rate.
    let day = joinsOnDay
    do {
      this.#order(Math.floor(day))
      day += exponential(this.#random, ordersPerDay)
    } while (day < leavesOnDay)
    return this.#dated.sort((a, b) => a.at - b.at).map(({ happening }) => happening)
  }

  #order(day: number) {
    const random = this.#random
    const id = `${this.#member}-${++this.#orders}`
    const at = this.#instant(day, between(random, 9 * 60 + 30, 21 * 60))
    const { places } = this.#setting
    const place =
      places.length > 0 && chance(random, this.#habits.shopShare) ? places[this.#orders % places.length] : null
    const lines = this.#lines()
    const goods = lines.reduce((sum, line) => sum + line.total, 0)
    const discount = this.#spendPoints(id, day, at, goods)
    this.#say(at, {
      type: 'order.paid',
      ...this.#sent(id, at),
      order: {
        id,
        currency: this.#setting.currency,
        channel: place === null ? 'web' : 'shop',
        place: place ?? null,
        lines,
        discount,
        ...(place === null && goods < 5000 ? { shipping: { total: 495 } } : {}),
      },
    })
    this.#expected.push({ fromDay: day + this.#setting.pendingDays, points: Math.floor((goods - discount) / 100) })
    if (place === null) this.#deliver(id, day)
    if (this.#setting.reviews && chance(random, this.#habits.reviewShare)) this.#review(id, day)
    if (chance(random, this.#habits.returnShare)) this.#sendBack(id, day, lines)
  }

  #lines() {
    const random = this.#random
    const products = new Map<Product, number>()
    // Two things in the middle; who spends much buys more of them, and dearer ones.
    const wanted = 1 + Math.min(7, Math.floor(exponential(random, 1 / (1.1 * this.#habits.spendLevel))))
    while (products.size < wanted) products.set(pickWeighted(random, catalogue), chance(random, 0.12) ? 2 : 1)
    return [...products].map(([product, quantity], position) => ({
      id: String(position + 1),
      sku: product.sku,
      quantity,
      total: product.minor * quantity,
      categories: [product.category],
      brand: product.brand,
    }))
  }

  /** Takes the money-off reward minutes before the order, where they believe they can; what it takes off. */
  #spendPoints(order: string, day: number, at: number, goods: number): number {
    const { moneyOff } = this.#setting
    if (moneyOff === null || goods < 3 * moneyOff.minor) return 0
    const usable = this.#expected.reduce((sum, entry) => (entry.fromDay < day ? sum + entry.points : sum), 0)
    if (usable < Math.max(moneyOff.points, this.#habits.savesPoints)) return 0
    this.#expected.push({ fromDay: 0, points: -moneyOff.points })
    const redeemedAt = at - between(this.#random, 2, 9) * 60_000
    const occurredAt = new Date(redeemedAt).toISOString()
    const happening: Happening = { type: 'redemption', id: `${order}-off`, reward: moneyOff.reward, occurredAt }
    this.#dated.push({ at: redeemedAt, happening })
    return moneyOff.minor
  }

  #deliver(order: string, day: number) {
    const deliveredOn = day + between(this.#random, 2, 6)
    const at = this.#instant(deliveredOn, between(this.#random, 8 * 60, 18 * 60))
    this.#say(at, { type: 'order.delivered', ...this.#sent(`${order}-delivered`, at), order })
  }

  #review(order: string, day: number) {
    const at = this.#instant(day + between(this.#random, 3, 20), between(this.#random, 17 * 60, 23 * 60))
    const facts = { words: between(this.#random, 4, 90), verified: true }
    this.#say(at, { type: 'activity.review', ...this.#sent(`${order}-review`, at), facts })
  }

  /** Half of what goes back is the whole order, half one line of it. */
  #sendBack(order: string, day: number, lines: readonly { id: string; quantity: number; total: number }[]) {
    const random = this.#random
    const returnedOn = day + between(random, 7, 24)
    const at = this.#instant(returnedOn, between(random, 9 * 60, 19 * 60))
    const back = chance(random, 0.5) ? lines : lines.slice(0, 1)
    this.#say(at, {
      type: 'refund.made',
      ...this.#sent(`${order}-back`, at),
      order,
      lines: back.map((line) => ({ line: line.id, quantity: line.quantity })),
    })
    const points = back.reduce((sum, line) => sum + Math.floor(line.total / 100), 0)
    this.#expected.push({ fromDay: returnedOn, points: -points })
  }

  /** What would happen after the end of the window has not happened yet. */
  #say(at: number, event: EventToSend) {
    if (at < this.#endsAt()) this.#dated.push({ at, happening: { type: 'event', event } })
  }

  #sent(id: string, at: number) {
    return {
      id: id === 'joined' ? `${this.#member}-joined` : id,
      source: this.#setting.source,
      member: this.#member,
      occurredAt: new Date(at).toISOString(),
    }
  }

  #instant(day: number, minute: number): number {
    const date = this.#startsOn.add({ days: day })
    const time = { hour: Math.floor(minute / 60), minute: minute % 60, second: between(this.#random, 0, 59) }
    return date.toPlainDateTime(time).toZonedDateTime(this.#setting.zone).epochMilliseconds
  }

  #endsAt(): number {
    return this.#setting.endsOn.toZonedDateTime(this.#setting.zone).epochMilliseconds
  }
}
