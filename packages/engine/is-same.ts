/** Of plain JSON, in whatever order its keys stand: a store may sort them. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const [was, is] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>]
  for (const key of Object.keys(was)) if (!isSame(was[key], is[key])) return false
  // A key that only the other one has says nothing if it says `undefined`.
  return Object.keys(is).every((key) => is[key] === undefined || key in was)
}
