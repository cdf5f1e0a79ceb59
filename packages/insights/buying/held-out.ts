import { type Untold, untold } from '../untold.ts'

/** What was predicted of a member for a period that the model has not seen, and what then came. */
export interface HeldOut {
  /** Whatever members are compared by: how often they had come back, their segment. */
  readonly group: string
  readonly predicted: number
  readonly realised: number
}

/** How a group was predicted, in the unit of the predictions: purchases, or money. */
export interface GroupError {
  readonly group: string
  readonly members: number
  /** Sums over members. */
  readonly predicted: number
  readonly realised: number
  /** Predicted over realised, less 1: 0.1 is a tenth too much; null where nothing came. */
  readonly bias: number | null
  /** Of single members: the mean of |predicted - realised|, and the root of the mean square. */
  readonly meanAbsoluteError: number
  readonly rootMeanSquareError: number
}

export interface HeldOutErrors {
  readonly type: 'told'
  readonly all: GroupError
  /** In order of first appearance. */
  readonly groups: readonly GroupError[]
}

/** The error of a prediction on a held-out period, over all members and by group. */
export function heldOutError(members: readonly HeldOut[]): HeldOutErrors | Untold<'no-members' | 'no-figures'> {
  if (members.length === 0) {
    return untold('no-members', 'There is nobody of whom something was predicted, so there is nothing to compare.')
  }
  const figures = members.flatMap(({ predicted, realised }) => [predicted, realised])
  if (!figures.every((figure) => Math.abs(figure) <= Number.MAX_SAFE_INTEGER)) {
    return untold(
      'no-figures',
      'Some of what was predicted, or of what came, is no number, or a larger one than any shop has.',
    )
  }
  const byGroup = Map.groupBy(members, ({ group }) => group)
  return { type: 'told', all: errorOf('', members), groups: [...byGroup].map(([group, own]) => errorOf(group, own)) }
}

function errorOf(group: string, members: readonly HeldOut[]): GroupError {
  let [predicted, realised, absolute, square] = [0, 0, 0, 0]
  for (const member of members) {
    predicted += member.predicted
    realised += member.realised
    const error = member.predicted - member.realised
    absolute += Math.abs(error)
    square += error * error
  }
  const count = members.length
  return {
    group,
    members: members.length,
    predicted,
    realised,
    bias: realised === 0 ? null : predicted / realised - 1,
    meanAbsoluteError: absolute / count,
    rootMeanSquareError: Math.sqrt(square / count),
  }
}
