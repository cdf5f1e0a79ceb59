/**
 * The known word that was probably meant, or null. Distance counts insertions, deletions, replacements and swaps of
 * neighbours (optimal string alignment; Damerau 1964); a third of the word may be wrong, and words are compared without case.
 */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  let best: string | null = null
  const wanted = word.slice(0, wordLengthMax).toLowerCase()
  let bestDistance = Math.max(1, Math.floor(wanted.length / 3)) + 1
  for (const candidate of known) {
    const distance = distanceOf(wanted, candidate.toLowerCase())
    if (distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

// Longer words are compared by their beginning: the work grows with the product of the lengths.
const wordLengthMax = 64

function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > wordLengthMax) return Number.POSITIVE_INFINITY
  let before: number[] = []
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1))
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, (before[j - 2] ?? 0) + 1)
      row.push(cost)
    }
    before = above
    above = row
  }
  return above[b.length] ?? 0
}

/** What people call things elsewhere. Only what the place knows is ever proposed. */
const wordsElsewhere: Readonly<Record<string, readonly string[]>> = {
  activefrom: ['from'],
  after: ['life'],
  allow: ['create'],
  amount: ['total', 'most', 'value', 'give'],
  annually: ['calendar-year', 'year'],
  artikel: ['item'],
  audience: ['for', 'sendTo'],
  available: ['during'],
  award: ['give'],
  bestellung: ['order'],
  besuch: ['visit'],
  birthdate: ['member.birthday'],
  bool: ['yes-no'],
  boolean: ['yes-no'],
  bought: ['buys'],
  burn: ['burnOrder'],
  checkout: ['order.paid'],
  closes: ['window'],
  combinable: ['together'],
  cost: ['price'],
  coupon: ['money-off', 'percent-off', 'reward'],
  customer: ['who', 'member'],
  daily: ['calendar-day', 'day'],
  date: ['when', 'starts'],
  dates: ['during'],
  decimal: ['number'],
  delay: ['pending', 'hold'],
  demotion: ['fall'],
  description: ['name'],
  discount: ['money-off', 'percent-off', 'value'],
  displayname: ['name'],
  down: ['floor'],
  downgrade: ['fall'],
  earn: ['give'],
  end: ['through', 'window', 'to'],
  ends: ['through', 'window'],
  event: ['what', 'on'],
  events: ['activities'],
  every: ['per'],
  expected: ['gives'],
  expiresafter: ['expires'],
  expiry: ['expires'],
  factor: ['by'],
  false: ['no'],
  float: ['number'],
  for: ['neededFor', 'sendTo', 'keep'],
  forgive: ['waive'],
  freebie: ['product', 'custom'],
  freegift: ['product', 'custom'],
  freeproduct: ['product', 'custom'],
  from: ['reach', 'inForce'],
  gift: ['product', 'give', 'custom'],
  gives: ['gets'],
  id: ['ladder'],
  immediately: ['at-once'],
  int: ['number'],
  integer: ['number'],
  inventory: ['stock'],
  label: ['name'],
  level: ['tier', 'id'],
  levels: ['tier', 'tiers'],
  lifetime: ['ever'],
  limit: ['cap', 'most'],
  location: ['place', 'places'],
  locations: ['places'],
  many: ['other'],
  max: ['most', 'cap'],
  maximum: ['most', 'cap'],
  members: ['most'],
  min: ['least', 'atLeast', 'reach'],
  minimum: ['least', 'atLeast', 'reach'],
  minimumorder: ['least', 'atLeast'],
  minimumspend: ['least', 'atLeast'],
  minorder: ['least', 'atLeast'],
  minspend: ['least', 'atLeast'],
  monthly: ['calendar-month', 'month'],
  multiplier: ['by'],
  name: ['ladder'],
  nearest: ['half-up'],
  negative: ['debt'],
  no: ['never'],
  none: ['never'],
  of: ['whose', 'brings'],
  opens: ['window'],
  'order.completed': ['order.paid'],
  'order.created': ['order.paid'],
  'order.placed': ['order.paid'],
  pedido: ['order'],
  per: ['each'],
  percent: ['value'],
  plural: ['other'],
  points: ['price', 'give', 'spendable', 'reach'],
  price: ['unitPrice', 'value', 'fee'],
  product: ['multiply', 'sku'],
  producto: ['item'],
  purchase: ['order.paid', 'order'],
  purchases: ['buys', 'orders'],
  qty: ['quantity', 'items', 'stock'],
  qualifies: ['goal'],
  quantity: ['stock'],
  quarterly: ['calendar-quarter', 'quarter'],
  referrer: ['advocate'],
  registration: ['member.joined'],
  result: ['gives'],
  returns: ['refunds'],
  revenue: ['spend'],
  reward: ['give'],
  rules: ['earn'],
  sale: ['order.paid', 'order'],
  schedule: ['during'],
  shop: ['place', 'places'],
  shops: ['places'],
  signup: ['member.joined'],
  sipariş: ['order'],
  spending: ['spend'],
  stackable: ['together', 'stack'],
  start: ['from', 'window', 'inForce'],
  starts: ['from', 'window'],
  status: ['qualifying'],
  store: ['place', 'places'],
  storecredit: ['gift-card'],
  stores: ['places'],
  string: ['text'],
  sum: ['total', 'add'],
  threshold: ['reach'],
  through: ['to'],
  tier: ['ladder', 'id'],
  time: ['when'],
  timezone: ['zone'],
  title: ['name'],
  to: ['through', 'charity', 'sendTo'],
  transaction: ['order.paid', 'order'],
  trigger: ['on'],
  true: ['yes'],
  turnover: ['spend'],
  type: ['kind'],
  until: ['through', 'to'],
  up: ['ceil'],
  upgrade: ['custom'],
  valid: ['during', 'expires'],
  validfor: ['expires'],
  validfrom: ['from'],
  validity: ['expires'],
  validuntil: ['through'],
  value: ['worth'],
  vat: ['tax'],
  version: ['laurel'],
  vip: ['tier'],
  visita: ['visit'],
  voucher: ['money-off', 'percent-off', 'reward'],
  waits: ['time passes'],
  weekday: ['days'],
  weekdays: ['days'],
  weekly: ['calendar-week', 'week'],
  when: ['during'],
  yearly: ['calendar-year', 'year'],
  ziyaret: ['visit'],
  ürün: ['item'],
}

/** What others call by this word, as far as it is known here, the likeliest first. */
export function wordsMeantElsewhere(word: string, known: readonly string[]): readonly string[] {
  const joined = word.trim().toLowerCase().replace(/[ _-]/g, '')
  const elsewhere = Object.hasOwn(wordsElsewhere, joined) ? (wordsElsewhere[joined] ?? []) : []
  return elsewhere.filter((each) => known.includes(each))
}

/** The known word that was meant: by its letters, by what others call it, or by a part of its name (`month`, `review`, `sat`). */
export function meantWord(word: string, known: Iterable<string>): string | null {
  const words = [...known]
  const plain = word.trim().toLowerCase().replaceAll(' ', '_')
  const [told] = wordsMeantElsewhere(word, words)
  if (told !== undefined) return told
  const near = nearestWord(word, words)
  if (near !== null) return near
  if (plain.length < partLengthMin) return null
  return (
    words.find((each) => partsOf(each).includes(plain)) ??
    words.find((each) => each.toLowerCase().startsWith(plain)) ??
    null
  )
}

const partLengthMin = 3 // shorter ones are in too many words
/** `calendar-month` is a month, `Europe/London` is London. */
const partsOf = (word: string): string[] => word.toLowerCase().split(/[./-]/)

/** `Did you mean \`points\`?` where something was meant, else the list of what there is. */
export function suggestion(word: string, known: Iterable<string>, none: string): string {
  const words = [...known]
  const near = meantWord(word, words)
  if (near !== null) return `Did you mean \`${near}\`?`
  if (words.length === 0) return none
  return words.length > listedMax ? none : `Choose one of: ${words.join(', ')}`
}

// A longer list is no help in a message.
const listedMax = 20
