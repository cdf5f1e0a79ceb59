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
  annually: ['calendar-year', 'year'],
  amount: ['total', 'most', 'value', 'give'],
  birthdate: ['member.birthday'],
  closes: ['window'],
  cost: ['price'],
  customer: ['who', 'member'],
  daily: ['calendar-day', 'day'],
  date: ['when'],
  boolean: ['yes-no'],
  bought: ['buys'],
  burn: ['burnOrder'],
  bool: ['yes-no'],
  decimal: ['number'],
  delay: ['pending', 'hold'],
  down: ['floor'],
  discount: ['money-off', 'percent-off'],
  end: ['through', 'window'],
  ends: ['through', 'window'],
  event: ['what'],
  expected: ['gives'],
  expiry: ['expires'],
  float: ['number'],
  for: ['neededFor'],
  forgive: ['waive'],
  gift: ['product', 'give'],
  immediately: ['at-once'],
  int: ['number'],
  integer: ['number'],
  limit: ['cap', 'most'],
  lifetime: ['ever'],
  many: ['other'],
  max: ['most', 'cap'],
  maximum: ['most', 'cap'],
  monthly: ['calendar-month', 'month'],
  min: ['least', 'atLeast'],
  minimum: ['least', 'atLeast'],
  nearest: ['half-up'],
  negative: ['debt'],
  none: ['never'],
  of: ['whose', 'brings'],
  opens: ['window'],
  price: ['unitPrice', 'value'],
  product: ['multiply'],
  plural: ['other'],
  purchase: ['order.paid', 'order'],
  purchases: ['buys'],
  qualifies: ['goal'],
  quarterly: ['calendar-quarter', 'quarter'],
  qty: ['quantity', 'items'],
  registration: ['member.joined'],
  result: ['gives'],
  returns: ['refunds'],
  shop: ['place', 'places'],
  signup: ['member.joined'],
  start: ['from', 'window'],
  starts: ['from', 'window'],
  store: ['place', 'places'],
  string: ['text'],
  sum: ['total', 'add'],
  threshold: ['reach'],
  time: ['when'],
  timezone: ['zone'],
  to: ['through', 'charity'],
  transaction: ['order.paid', 'order'],
  type: ['kind'],
  until: ['through'],
  up: ['ceil'],
  validity: ['expires'],
  yearly: ['calendar-year', 'year'],
  vat: ['tax'],
  weekly: ['calendar-week', 'week'],
  waits: ['time passes'],
}

/** The known word that was meant: by its letters, by what others call it, or by a part of its name (`month`, `review`, `sat`). */
export function meantWord(word: string, known: Iterable<string>): string | null {
  const words = [...known]
  const plain = word.trim().toLowerCase().replaceAll(' ', '_')
  const elsewhere = Object.hasOwn(wordsElsewhere, plain) ? wordsElsewhere[plain] : undefined
  const told = elsewhere?.find((each) => words.includes(each))
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
