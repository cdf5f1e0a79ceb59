import { eventText, type GroupText, type RuleText } from '../document/earn.ts'
import type { Named } from '../list-shape.ts'
import type { Reading } from '../shape.ts'
import { checkCap } from './bounds.ts'
import { remark } from './remark.ts'

export function checkGroups(groups: readonly Named<GroupText>[], rules: readonly RuleText[], reading: Reading): void {
  for (const { id, value: group } of groups) {
    const members = rules.filter((rule) => rule.group === id)
    const giving = members.flatMap((rule) => (rule.type === 'multiply' ? [] : [rule]))
    const [first, second] = members
    if (first === undefined) {
      const message = `No rule is in the group \`${id}\``
      remark(reading, 'warning', [group.tree], 'group-unused', message, `Add \`group: ${id}\` to rules, or take it out`)
    } else if (second === undefined && group.cap === null) {
      const message = `Only \`${first.id}\` is in the group \`${id}\`: there is nothing to choose from`
      remark(reading, 'warning', [group.tree], 'group-of-one', message, 'Add another rule, or take the group out')
    }
    checkMixture(id, group, members, reading)
    if (group.cap !== null) {
      if (giving.length === 0 && first !== undefined) {
        const message = 'A cap counts what is given, and the rules of this group multiply'
        remark(reading, 'error', [group.tree, 'cap'], 'cap-unit', message, 'Put the cap on the rule that gives')
      } else checkCap(group.cap, giving, reading)
    }
    checkShadows(group, members, reading)
  }
}

function checkMixture(id: string, group: GroupText, members: readonly RuleText[], reading: Reading): void {
  const [first] = members
  const other = members.find((rule) => rule.type !== first?.type)
  if (first !== undefined && other !== undefined) {
    const what = { give: 'gives an amount', award: 'gives awards', multiply: 'multiplies' }
    const message = `In the group \`${id}\`, \`${first.id}\` and \`${other.id}\` cannot compete: one ${what[first.type]}, one ${what[other.type]}`
    remark(reading, 'error', [other.tree, 'group'], 'group-mixed', message, 'Make a group for each kind')
    return
  }
  if (group.take !== 'best' || first === undefined || first.type === 'multiply') return
  const stranger = members.find((rule) => rule !== first && !isComparable(first, rule))
  if (stranger === undefined) return
  const message = `In the group \`${id}\`, \`${first.id}\` and \`${stranger.id}\` give different things: neither is more`
  remark(
    reading,
    'error',
    [stranger.tree, 'group'],
    'group-mixed',
    message,
    'Say take: first, or make a group for each',
  )
}

const isComparable = (a: RuleText, b: RuleText): boolean =>
  a.type === 'give' && b.type === 'give' && a.give.asset === b.give.asset

/** A rule that always holds and comes first, or is exclusive, leaves the others of its group no chance. */
function checkShadows(group: GroupText, members: readonly RuleText[], reading: Reading): void {
  members.forEach((rule, index) => {
    const shadow = members.find(
      (other, place) =>
        other !== rule &&
        unconditional(other) &&
        sameEvent(other, rule) &&
        ((group.take === 'first' && place < index) ||
          (other.exclusive === 'yes' && (rule.exclusive !== 'yes' || place < index))),
    )
    if (shadow === undefined) return
    const message = `\`${rule.id}\` never counts: \`${shadow.id}\` of the same group always holds`
    const instead = `Put \`${rule.id}\` before it, or give \`${shadow.id}\` a condition`
    remark(reading, 'error', [rule.tree, 'group'], 'rule-shadowed', message, instead)
  })
}

const unconditional = (rule: RuleText): boolean =>
  [rule.when, rule.lines, rule.during, rule.for, rule.places, rule.channels, rule.partners].every(
    (part) => part === null,
  )

const sameEvent = (a: RuleText, b: RuleText): boolean => {
  if (a.type === 'multiply') return b.type === 'multiply' && a.multiply.rule === b.multiply.rule
  return b.type !== 'multiply' && eventText(a.on) === eventText(b.on)
}
