import { Environment } from '@marcbachmann/cel-js'
import type { FactValue } from '../event.ts'
import type { LineFacts, MemberFacts, OrderFacts, Scope } from './condition.ts'
import type { FactKind } from './program.ts'

/** Where a condition stands decides what it can see; all of them see the member. */
export type ScopeKind = 'order' | 'line' | 'activity' | 'member'

/** Money in a condition: a type of its own, so that comparing it with a bare number does not type-check. */
class Money {
  readonly minor: number
  constructor(minor: number) {
    this.minor = minor
  }
}

// The evaluator reads facts as fields of objects whose class it knows. Each view is made once for a condition and pointed at
// the facts of the moment; numbers become the evaluator's own only where a condition asks for them.
class OrderView {
  facts: OrderFacts | null = null
  get total() {
    return new Money(this.facts?.total ?? 0)
  }
  get eligible() {
    return new Money(this.facts?.eligible ?? 0)
  }
  get shipping() {
    return new Money(this.facts?.shipping ?? 0)
  }
  get items() {
    return BigInt(this.facts?.items ?? 0)
  }
  get lines() {
    return BigInt(this.facts?.lines ?? 0)
  }
  get channel() {
    return this.facts?.channel
  }
  get place() {
    return this.facts?.place
  }
  get partner() {
    return this.facts?.partner
  }
  get firstOrder() {
    return this.facts?.firstOrder
  }
  get tags() {
    return this.facts?.tags
  }
}

class LineView {
  facts: LineFacts | null = null
  get sku() {
    return this.facts?.sku
  }
  get quantity() {
    return BigInt(this.facts?.quantity ?? 0)
  }
  get total() {
    return new Money(this.facts?.total ?? 0)
  }
  get unitPrice() {
    return new Money(this.facts?.unitPrice ?? 0)
  }
  get discount() {
    return new Money(this.facts?.discount ?? 0)
  }
  get category() {
    return this.facts?.category
  }
  get categories() {
    return this.facts?.categories
  }
  get brand() {
    return this.facts?.brand
  }
  get kind() {
    return this.facts?.kind
  }
}

class MemberView {
  facts: MemberFacts | null = null
  get segments() {
    return this.facts?.segments
  }
  get tags() {
    return this.facts?.tags
  }
  get tiers() {
    return this.facts?.tiers
  }
  get badges() {
    return this.facts?.badges
  }
  get memberships() {
    return this.facts?.memberships
  }
  get orders() {
    return BigInt(this.facts?.orders ?? 0)
  }
  get spend() {
    return new Money(this.facts?.spend ?? 0)
  }
  get daysSinceOrder() {
    return daysOf(this.facts?.daysSinceOrder)
  }
  get daysSinceJoined() {
    return daysOf(this.facts?.daysSinceJoined)
  }
}

/** Of what has not been yet there is no number: the condition does not hold. */
const daysOf = (days: number | null | undefined): bigint | undefined =>
  days === null || days === undefined ? undefined : BigInt(days)

class ActivityView {
  facts: Readonly<Record<string, FactValue>> | null = null
}

/** Facts about what was before: they are gathered only where a condition asks. */
export const pastFacts: ReadonlySet<string> = new Set([
  'order.firstOrder',
  'member.orders',
  'member.spend',
  'member.daysSinceOrder',
  'member.daysSinceJoined',
])

/** CEL types of the facts, by scope. */
const factTypes = {
  order: {
    total: 'Money',
    eligible: 'Money',
    shipping: 'Money',
    items: 'int',
    lines: 'int',
    channel: 'string',
    place: 'string',
    partner: 'string',
    firstOrder: 'bool',
    tags: 'list<string>',
  } satisfies Record<keyof OrderFacts, string>,
  line: {
    sku: 'string',
    quantity: 'int',
    total: 'Money',
    unitPrice: 'Money',
    discount: 'Money',
    category: 'string',
    categories: 'list<string>',
    brand: 'string',
    kind: 'string',
  } satisfies Record<keyof LineFacts, string>,
  member: {
    segments: 'list<string>',
    tags: 'list<string>',
    tiers: 'list<string>',
    badges: 'list<string>',
    memberships: 'list<string>',
    orders: 'int',
    spend: 'Money',
    daysSinceOrder: 'int',
    daysSinceJoined: 'int',
  } satisfies Record<keyof MemberFacts, string>,
}

const typeByFactKind: Record<FactKind, string> = { number: 'double', text: 'string', 'yes-no': 'bool', money: 'Money' }

/** The facts one kind of condition can see, ready to check and to run conditions. */
export interface ConditionFacts {
  readonly environment: Environment
  /** Names of facts by the word before the dot, for suggestions. */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** A fresh set of views, and how to point it at a scope. */
  bind(): { readonly context: Record<string, unknown>; point(scope: Scope): void }
}

// A condition of that size is beyond reading; the limits also bound the work of one evaluation.
const limits = { maxAstNodes: 300, maxDepth: 30, maxListElements: 200, maxMapEntries: 1, maxCallArguments: 3 }

const withMember = new Environment({ limits })
  .registerType('Money', { ctor: Money, fields: {} })
  .registerOperator('Money == Money', (a: Money, b: Money) => a.minor === b.minor)
  .registerOperator('Money < Money', (a: Money, b: Money) => a.minor < b.minor)
  .registerOperator('Money <= Money', (a: Money, b: Money) => a.minor <= b.minor)
  .registerOperator('Money > Money', (a: Money, b: Money) => a.minor > b.minor)
  .registerOperator('Money >= Money', (a: Money, b: Money) => a.minor >= b.minor)
  .registerOperator('Money + Money', (a: Money, b: Money) => new Money(a.minor + b.minor))
  .registerOperator('Money - Money', (a: Money, b: Money) => new Money(a.minor - b.minor))
  // CEL compares an int with a double by order only; "is 3" is what people write of a number.
  .registerOperator('double == int', (a: number, b: bigint) => a === Number(b))
  // The compiler has seen to it that the text has the decimals of the currency: its digits are the minor units.
  .registerFunction('money(string): Money', (text: string) => new Money(Number(text.replace('.', ''))))
  .registerType('Member', { ctor: MemberView, fields: factTypes.member })
  .registerVariable('member', 'Member')
const withOrder = withMember
  .clone()
  .registerType('Order', { ctor: OrderView, fields: factTypes.order })
  .registerVariable('order', 'Order')
const withLine = withMember
  .clone()
  .registerType('Line', { ctor: LineView, fields: factTypes.line })
  .registerVariable('line', 'Line')

/** What conditions of this kind can see; `activity` are the facts that an activity declares. */
export function conditionFacts(kind: ScopeKind, activity: ReadonlyMap<string, FactKind>): ConditionFacts {
  const member = Object.keys(factTypes.member)
  const bind = () => bindTo(kind, activity)
  switch (kind) {
    case 'order':
      return { environment: withOrder, known: { order: Object.keys(factTypes.order), member }, bind }
    case 'line':
      return { environment: withLine, known: { line: Object.keys(factTypes.line), member }, bind }
    case 'activity': {
      const fields = Object.fromEntries([...activity].map(([name, fact]) => [name, typeByFactKind[fact]]))
      const environment = withMember
        .clone()
        .registerType('Activity', { ctor: activityViewOf(activity), fields })
        .registerVariable('activity', 'Activity')
      return { environment, known: { activity: [...activity.keys()], member }, bind }
    }
    case 'member':
      return { environment: withMember, known: { member }, bind }
  }
}

function bindTo(kind: ScopeKind, facts: ReadonlyMap<string, FactKind>) {
  const member = new MemberView()
  switch (kind) {
    case 'order': {
      const order = new OrderView()
      const point = (scope: Scope) => {
        member.facts = scope.member
        order.facts = scope.order
      }
      return { context: { member, order }, point }
    }
    case 'line': {
      const line = new LineView()
      const point = (scope: Scope) => {
        member.facts = scope.member
        line.facts = scope.line
      }
      return { context: { member, line }, point }
    }
    case 'activity': {
      const activity = new (activityViewOf(facts))()
      const point = (scope: Scope) => {
        member.facts = scope.member
        activity.facts = scope.activity
      }
      return { context: { member, activity }, point }
    }
    case 'member':
      return {
        context: { member },
        point: (scope: Scope) => {
          member.facts = scope.member
        },
      }
  }
}

const viewsByFacts = new WeakMap<ReadonlyMap<string, FactKind>, typeof ActivityView>()

/** A view with one field for each declared fact. A fact that is absent or of another kind reads as undefined. */
function activityViewOf(declared: ReadonlyMap<string, FactKind>): typeof ActivityView {
  const made = viewsByFacts.get(declared)
  if (made !== undefined) return made
  class DeclaredView extends ActivityView {}
  for (const [name, kind] of declared) {
    Object.defineProperty(DeclaredView.prototype, name, {
      get(this: ActivityView) {
        const facts = this.facts
        return facts !== null && Object.hasOwn(facts, name) ? factOf(facts[name], kind) : undefined
      },
    })
  }
  viewsByFacts.set(declared, DeclaredView)
  return DeclaredView
}

function factOf(value: FactValue | undefined, kind: FactKind) {
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? value : undefined
    case 'text':
      return typeof value === 'string' ? value : undefined
    case 'yes-no':
      return typeof value === 'boolean' ? value : undefined
    case 'money':
      return typeof value === 'number' ? new Money(value) : undefined
  }
}
