/** Months without an order between the first and the last with one: what a history has lost, or a shop that was shut. */
export function monthsWithout(ordersByMonth: Readonly<Record<string, number>>): string[] {
  const months = Object.keys(ordersByMonth).sort()
  const [first, last] = [months.at(0), months.at(-1)]
  const without: string[] = []
  if (first === undefined || last === undefined) return without
  let month = Temporal.PlainYearMonth.from(first)
  for (; month.toString() < last; month = month.add({ months: 1 })) {
    if (ordersByMonth[month.toString()] === undefined) without.push(month.toString())
  }
  return without
}
