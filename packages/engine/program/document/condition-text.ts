import { reportShape, type Shape } from '../shape.ts'
import type { TextTree } from '../syntax-tree.ts'

// A condition that long is a program of its own; the limit keeps parsing and checking short.
const CONDITION_LENGTH_MAX = 2000

/** A condition as written. What it may look at depends on where it stands, so it is compiled with its surroundings. */
export const conditionText: Shape<TextTree> = {
  read(tree, reading) {
    if (tree.type !== 'text') return reportShape(tree, reading, 'a condition in quotes', `'order.items >= 3'`)
    if (tree.text.trim() === '') {
      const instead = `Write a condition in quotes, for instance 'order.items >= 3', or leave the key out`
      reading.report(tree, 'condition-empty', 'The condition is empty', instead)
      return undefined
    }
    if (tree.text.length > CONDITION_LENGTH_MAX) {
      const message = `The condition has ${tree.text.length} characters; at most ${CONDITION_LENGTH_MAX} are read`
      reading.report(
        tree,
        'condition-too-long',
        message,
        'Split it over several rules, or let the event bring a fact for it',
      )
      return undefined
    }
    return tree
  },
  canonical: (tree) => (tree.type === 'text' ? tree.text.trim() : ''),
  schema: () => ({ type: 'string', minLength: 1, maxLength: CONDITION_LENGTH_MAX }),
}
