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

/** `Did you mean \`points\`?` where something is near, else the list of what there is. */
export function suggestion(word: string, known: Iterable<string>, none: string): string {
  const words = [...known]
  const near = nearestWord(word, words)
  if (near !== null) return `Did you mean \`${near}\`?`
  if (words.length === 0) return none
  return words.length > listedMax ? none : `Choose one of: ${words.join(', ')}`
}

// A longer list is no help in a message.
const listedMax = 20
