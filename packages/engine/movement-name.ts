/** What a movement is called that no rule of the program made: by its kind, and by nothing that a program could name. */
const MOVEMENT_NAMES = [
  'activate',
  'adjust',
  'cancel',
  'closing',
  'convert',
  'expire',
  'forfeit',
  'gift',
  'gift-returned',
  'merge',
  'partner-burned',
  'partner-earned',
  'pool',
  'reinstate',
  'repay',
  'reserve',
  'return',
  'return-undone',
  'shortfall-waived',
  'time-out',
  'write-off',
] as const
export type MovementName = (typeof MOVEMENT_NAMES)[number]

/** Of a movement: a rule, a reward or a plan that the program names, which is any text; or one of ours, which is none but these. */
export type RuleName<Name extends string> = string extends Name ? Name : Name & MovementName

export const isMovementName = (rule: string): rule is MovementName =>
  (MOVEMENT_NAMES as readonly string[]).includes(rule)
