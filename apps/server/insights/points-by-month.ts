/** What a member's points of one asset came to in a month. */
export interface PointsMonth {
  readonly month: number
  readonly gained: number
  readonly burned: number
  readonly lapsed: number
}

/** Points that were gained in one month, and what became of them since. */
export interface PointsCohort {
  readonly month: number
  /** Net of what refunds took back. */
  gained: number
  /** What is still there. */
  left: number
  /** By month, net of what was returned or reinstated in it. */
  readonly burned: Map<number, number>
  readonly lapsed: Map<number, number>
}

/**
 * Which month's points a member burned: the oldest first, as points that lapse are burned (LOT-4). What a refund takes back is taken
 * from the youngest; where they are burned already it is owed, and what repays it is burned in that moment (FIN-2). What came from
 * another member, through a gift or a pool, was gained by neither: it is burned from what there is.
 */
export function cohortsOfPoints(months: readonly PointsMonth[]): PointsCohort[] {
  const cohorts: PointsCohort[] = []
  let owed = 0
  for (const { month, gained, burned, lapsed } of months.toSorted((a, b) => a.month - b.month)) {
    if (gained > 0) {
      const cohort = {
        month,
        gained,
        left: gained,
        burned: new Map<number, number>(),
        lapsed: new Map<number, number>(),
      }
      cohorts.push(cohort)
      const repaid = Math.min(owed, gained)
      owed -= repaid
      burn(cohort, month, repaid)
    }
    owed += takeBack(cohorts, -gained)
    spread(
      cohorts,
      burned,
      ({ left }) => left,
      (cohort, part) => burn(cohort, month, part),
    )
    spread(
      cohorts.toReversed(),
      -burned,
      (cohort) => totalOf(cohort.burned),
      (cohort, part) => burn(cohort, month, -part),
    )
    spread(
      cohorts,
      lapsed,
      ({ left }) => left,
      (cohort, part) => lapse(cohort, month, part),
    )
    spread(
      cohorts.toReversed(),
      -lapsed,
      (cohort) => totalOf(cohort.lapsed),
      (cohort, part) => lapse(cohort, month, -part),
    )
  }
  return cohorts.filter(({ gained }) => gained > 0)
}

/** Takes an amount, where it is above zero, out of one cohort after another; answers what none of them had. */
function spread(
  cohorts: readonly PointsCohort[],
  amount: number,
  room: (cohort: PointsCohort) => number,
  take: (cohort: PointsCohort, part: number) => void,
): number {
  let open = Math.max(0, amount)
  for (const cohort of cohorts) {
    const part = Math.min(open, Math.max(0, room(cohort)))
    if (part > 0) take(cohort, part)
    open -= part
  }
  return open
}

/** The youngest first; answers what had been burned of them, and is owed. */
function takeBack(cohorts: readonly PointsCohort[], amount: number): number {
  const youngest = cohorts.toReversed()
  const open = spread(
    youngest,
    amount,
    ({ left }) => left,
    (cohort, part) => {
      cohort.left -= part
      cohort.gained -= part
    },
  )
  const unknown = spread(
    youngest,
    open,
    (cohort) => totalOf(cohort.burned),
    (cohort, part) => {
      cohort.gained -= part
      spreadBack(cohort.burned, part)
    },
  )
  return open - unknown
}

/** Off the latest month first. */
function spreadBack(byMonth: Map<number, number>, amount: number): void {
  let open = amount
  for (const [month, burned] of [...byMonth].sort(([a], [b]) => b - a)) {
    const part = Math.min(open, Math.max(0, burned))
    byMonth.set(month, burned - part)
    open -= part
  }
}

function burn(cohort: PointsCohort, month: number, amount: number): void {
  if (amount === 0) return
  cohort.left -= amount
  cohort.burned.set(month, (cohort.burned.get(month) ?? 0) + amount)
}

function lapse(cohort: PointsCohort, month: number, amount: number): void {
  cohort.left -= amount
  cohort.lapsed.set(month, (cohort.lapsed.get(month) ?? 0) + amount)
}

const totalOf = (byMonth: ReadonlyMap<number, number>): number =>
  [...byMonth.values()].reduce((sum, amount) => sum + amount, 0)
